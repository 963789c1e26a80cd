"""An HTTP client for addresses that somebody else names."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from server.configuration.services import Outbound
from server.outbound.addresses import Address, Allowed, is_public

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
HTTPS_PORT = 443
MOST_ADDRESSES = 4
"""Of one host that are tried."""

Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]


class AddressRefused(httpx.RequestError):
    """The address leads to where nobody but the operators may send us; it is not called."""


async def resolve(host: str, port: int) -> Sequence[Address]:
    """Ask the system for the addresses of a host, which may itself be an address in any of its spellings.

    Raises:
        OSError: there is none.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ipaddress.ip_address(info[4][0]) for info in found]


class PublicTransport(httpx.AsyncBaseTransport):
    """Sends to public addresses and to those that are allowed, and to no others.

    A name is resolved once; what was checked is what is connected to, so that a name server that changes its mind
    gains nothing by it. The certificate is still that of the name. Without TLS only what is allowed is called.
    """

    def __init__(self, allowed: Allowed, *, tls: ssl.SSLContext | None = None, resolver: Resolve = resolve) -> None:
        # A connection that is kept is known by its address: it must not serve another name, whose certificate
        # nobody has seen.
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=0)
        self._inner = httpx.AsyncHTTPTransport(verify=tls or True, trust_env=False, limits=limits)
        self._allowed = allowed
        self._resolve = resolver

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the first address of its host that answers.

        Raises:
            AddressRefused: one of its addresses is none that may be called.
            httpx.ConnectError: it has no address, or none answers.
        """
        addresses = await self._addresses(request)
        for address in addresses[:-1]:
            try:
                return await self._inner.handle_async_request(_pinned(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._inner.handle_async_request(_pinned(request, addresses[-1]))

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()

    async def _addresses(self, request: httpx.Request) -> Sequence[Address]:
        url = request.url
        try:
            found = await self._resolve(_wire_name(url), url.port or HTTPS_PORT)
        except (OSError, UnicodeError) as error:  # the latter of a name that can be no host's
            raise httpx.ConnectError(f"{url.host} has no address: {error}") from error
        if not found:
            raise httpx.ConnectError(f"{url.host} has no address.")
        if not all(self._may_be_called(url, address) for address in found):
            raise AddressRefused(f"{url.host} is none that may be called from here.")
        return list(dict.fromkeys(found))[:MOST_ADDRESSES]

    def _may_be_called(self, url: httpx.URL, address: Address) -> bool:
        return self._allowed.permits(url.host, address) or (url.scheme == "https" and is_public(address))


def _pinned(request: httpx.Request, address: Address) -> httpx.Request:
    """Return the request as it goes to one address; its `Host` field and the name in its certificate stay."""
    host = f"[{address}]" if isinstance(address, ipaddress.IPv6Address) else str(address)
    return httpx.Request(
        request.method,
        request.url.copy_with(host=host),
        headers=request.headers,
        stream=request.stream,
        extensions=request.extensions | {"sni_hostname": _wire_name(request.url)},
    )


def _wire_name(url: httpx.URL) -> str:
    """Return a host as name servers know it: Python's own encoding, of IDNA 2003, makes `fass.de` of `faß.de`."""
    return url.raw_host.decode("ascii")


@asynccontextmanager
async def open_outbound(
    settings: Outbound, contact: str, tls: ssl.SSLContext | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """Open a client that calls public addresses alone, follows no redirects, keeps no cookies and uses no proxy.

    Args:
        settings: what else it may call.
        contact: an address under which those who are called find out about us.
        tls: whom it trusts; by default the authorities that httpx brings.
    """
    headers = {"User-Agent": f"Lectern/1 (+{contact})", "Accept-Encoding": "identity"}
    transport = PublicTransport(Allowed.of(settings.allowed_hosts), tls=tls)
    # What one host sets must not be kept, and told it again when somebody else names it.
    cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    async with httpx.AsyncClient(
        transport=transport, headers=headers, cookies=cookies, timeout=TIMEOUT, trust_env=False
    ) as client:
        yield client
