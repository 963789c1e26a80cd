"""Network addresses as limits know them."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.types import Scope

CUSTOMER_BITS = 64
"""What one customer has of IPv6 at the least (RFC 6177): counting single addresses would limit nobody."""


def network_of(scope: Scope) -> str | None:
    """Name the network that a request comes from: an IPv4 address, or 64 bits of an IPv6 one.

    Behind a proxy that is whom the server took from `X-Forwarded-For` (`--proxy-headers` of uvicorn, and of the proxies
    in `--forwarded-allow-ips` alone). None where a request has no address, as on a Unix socket.
    """
    client = scope.get("client")
    if client is None:
        return None
    address = read_address(client[0])
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), CUSTOMER_BITS), strict=False))
    return str(address or client[0])


def read_address(host: str) -> IPv4Address | IPv6Address | None:
    """Read an address, one of IPv4 that is written as IPv6 as the former; None for what is none.

    A proxy may say `unknown` (RFC 7239, 6.2).
    """
    try:
        address = ip_address(host)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
