"""Network addresses as limits know them."""

from ipaddress import IPv4Address, ip_address, ip_network

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
    try:
        address = ip_address(client[0])
    except ValueError:
        return str(client[0])
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), CUSTOMER_BITS), strict=False))
