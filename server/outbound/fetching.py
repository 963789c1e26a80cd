"""Fetching something small, within bounds of time and size."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus

import httpx
import stamina

SECONDS = 15.0
"""All attempts together."""
ATTEMPTS = 3
FIRST_PAUSE, LONGEST_PAUSE, JITTER = 0.2, 2.0, 0.2


class NotFetched(Exception):  # noqa: N818 - what has become of it
    """There was no answer, or none that is of use."""


class _Passing(Exception):  # noqa: N818 - what the trouble hopefully is
    """An answer that may be another in a moment."""


async def fetch(client: httpx.AsyncClient, url: str, params: Mapping[str, str], *, most: int) -> bytes:
    """GET something; passing trouble is tried again, with pauses that grow.

    Args:
        client: one that is safe for the address.
        url: where it is.
        params: what is put behind the address.
        most: bytes that are read of it.

    Raises:
        NotFetched: the host can't be reached or may not be, fails, answers anything but 200, or with too much.
    """
    calling = stamina.AsyncRetryingCaller(
        attempts=ATTEMPTS, timeout=None, wait_initial=FIRST_PAUSE, wait_max=LONGEST_PAUSE, wait_jitter=JITTER
    )
    try:
        async with asyncio.timeout(SECONDS):
            return await calling(_may_pass, _once, client, url, params, most)
    except (httpx.RequestError, httpx.InvalidURL, _Passing, TimeoutError) as error:
        raise NotFetched(str(error) or type(error).__name__) from error


def _may_pass(error: Exception) -> bool:
    is_ours = isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError)
    return isinstance(error, httpx.TransportError | _Passing) and not is_ours


async def _once(client: httpx.AsyncClient, url: str, params: Mapping[str, str], most: int) -> bytes:
    async with client.stream("GET", url, params=params) as response:
        status = response.status_code
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise _Passing(f"{response.url.host} answers {status}.")
        if status != HTTPStatus.OK or "Content-Encoding" in response.headers:
            raise NotFetched(f"{response.url.host} answers {status}, not as it was asked.")
        content = bytearray()
        async for chunk in response.aiter_raw():
            content += chunk
            if len(content) > most:
                raise NotFetched(f"{response.url.host} answers with over {most:,} bytes.")
    return bytes(content)
