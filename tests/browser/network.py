"""The way of a page to the service: as slow as is wished, cut, or not to be relied on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

from playwright.async_api import CDPSession, Page, Route

from tests.browser.guard import Guard
from tests.browser.people import SAME_ORIGIN

UNLIMITED = -1
FAILING = 0.1
"""The share of an unreliable service's requests that fail."""


class SlowNetwork:
    """A network that takes no more than so many bytes a second.

    Source: https://chromedevtools.github.io/devtools-protocol/tot/Network/#method-emulateNetworkConditions
    """

    def __init__(self, devtools: CDPSession, bytes_per_s: int) -> None:
        """See `of`."""
        self._devtools = devtools
        self._bytes_per_s = bytes_per_s

    @classmethod
    async def of(cls, page: Page, bytes_per_s: int = UNLIMITED) -> "SlowNetwork":
        """Slow down what a page sends."""
        network = cls(await page.context.new_cdp_session(page), bytes_per_s)
        await network._emulate(offline=False)
        return network

    @asynccontextmanager
    async def cut(self, guard: Guard) -> AsyncIterator[None]:
        """Have no network meanwhile, which is nothing that the guard should mind."""
        with guard.cut():
            await self._emulate(offline=True)
            yield
            await self._emulate(offline=False)

    async def _emulate(self, *, offline: bool) -> None:
        speed = {"latency": 0, "downloadThroughput": UNLIMITED, "uploadThroughput": self._bytes_per_s}
        await self._devtools.send("Network.emulateNetworkConditions", {"offline": offline, **speed})


class UnreliableService:
    """A service that fails one request in ten, the same ones each time: each in another way than the one before it."""

    def __init__(self, guard: Guard, seed: int) -> None:
        """See `behind`."""
        self._guard = guard
        self._chance = Random(seed)  # noqa: S311 - a test that can be repeated
        self._ways = [self._refuse, self._overload, self._lose_answer]
        self.failed = 0

    @classmethod
    async def behind(cls, page: Page, addresses: str, guard: Guard, *, seed: int) -> "UnreliableService":
        """Have requests of a page fail, which is nothing that the guard should mind."""
        service = cls(guard, seed)
        await page.route(addresses, service._take)
        return service

    async def _take(self, route: Route) -> None:
        if self._chance.random() >= FAILING:
            await route.continue_()
            return
        fail = self._ways[self.failed % len(self._ways)]
        self.failed += 1
        await fail(route)

    async def _refuse(self, route: Route) -> None:
        self._guard.forgive(route.request.url, "net::ERR_CONNECTION_REFUSED")
        await route.abort("connectionrefused")

    async def _overload(self, route: Route) -> None:
        self._guard.forgive(route.request.url, "503")
        await route.fulfill(status=503)

    async def _lose_answer(self, route: Route) -> None:
        await route.fetch(headers=route.request.headers | SAME_ORIGIN)
        self._guard.forgive(route.request.url, "net::ERR_CONNECTION_RESET")
        await route.abort("connectionreset")
