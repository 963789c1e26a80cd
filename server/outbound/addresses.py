"""Which network addresses may be called when somebody else names them."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 seen from networks that have none (RFC 6052, 2.1)."""
_NOT_PUBLIC: tuple[Network, ...] = (
    ipaddress.IPv4Network("168.63.129.16/32"),  # the host of a virtual machine on Azure, by a number that is public
    ipaddress.IPv4Network("192.0.0.0/24"),  # protocols, and a cloud's service for its machines
    ipaddress.IPv6Network("64:ff9b:1::/48"),  # NAT64 of a network's own (RFC 8215)
    ipaddress.IPv6Network("2001::/23"),  # protocols, Teredo among them
    ipaddress.IPv6Network("3fff::/20"),  # documentation (RFC 9637)
    ipaddress.IPv6Network("fec0::/10"),  # once site-local (RFC 3879)
)
"""What not every version of Python knows of."""


def is_public(address: Address) -> bool:
    """Say whether an address is one of the public Internet, whichever way it is written.

    Private, loopback, link-local, shared, reserved, unspecified and multicast ones are not, nor is an IPv6 address
    that stands for such an IPv4 one (mapped, 6to4 or NAT64). The registries are those of RFC 6890.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(inner)
    is_odd = address.is_multicast or address.is_reserved or any(address in network for network in _NOT_PUBLIC)
    return address.is_global and not is_odd


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a deployment lets be called besides the public Internet: hosts by name, and networks."""

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, hosts: Iterable[str]) -> Self:
        """Read what is a network, or a single address, as such, and the rest as names."""
        networks = {host: _network(host) for host in hosts}
        names = frozenset(host.casefold() for host, network in networks.items() if network is None)
        return cls(names, tuple(network for network in networks.values() if network is not None))

    def permits(self, host: str, address: Address) -> bool:
        """Say whether a host that has this address was named."""
        return host.casefold() in self.names or any(address in network for network in self.networks)


def _network(text: str) -> Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
