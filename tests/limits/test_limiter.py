"""Counting in sliding windows."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from server.configuration.callers import Limits
from server.limits import limiter as limiting
from server.limits.limiter import PREFIX, Limiter
from server.limits.rates import Counted, Rate, Standing

SECOND = Rate("second", "requests of a test", 4, seconds=1)


@pytest.fixture
def limiter(counters: Redis) -> Limiter:
    """A limiter that has counted nothing."""
    return Limiter(counters, Limits())


async def ask(limiter: Limiter, subject: str = "me", rate: Rate = SECOND) -> Standing:
    """Count one request."""
    [standing] = await limiter.take(Counted(rate, subject))
    return standing


async def begin_window() -> None:
    """Wait for the beginning of a second, so that what follows lies in one window."""
    await asyncio.sleep(1 - time.time() % 1)


async def test_many_at_once_get_no_more_than_there_is(limiter: Limiter) -> None:
    """However many ask in the same moment, as many get through as the rate says, and others are not touched by it."""
    rate = Rate("minute", "requests of a test", 5)
    standings = await asyncio.gather(*(ask(limiter, rate=rate) for _ in range(30)))
    assert sum(not standing.wait_ms for standing in standings) == 5
    assert (await ask(limiter, "somebody else", rate)).remaining == 4


async def test_who_waits_as_long_as_told_is_let_in(limiter: Limiter) -> None:
    """After the wait there is room, and half-way there is none; being refused doesn't make it longer."""
    await begin_window()
    for _ in range(4):
        assert not (await ask(limiter)).wait_ms
    refused = [await ask(limiter) for _ in range(3)]
    assert all(standing.wait_ms and standing.remaining == 0 for standing in refused)
    await asyncio.sleep(refused[-1].wait_ms / 2000)
    again = await ask(limiter)
    assert 0 < again.wait_ms < refused[-1].wait_ms
    await asyncio.sleep(again.wait_ms / 1000)
    assert not (await ask(limiter)).wait_ms


async def test_window_slides(limiter: Limiter) -> None:
    """At the turn of a window, what was asked just before still counts, less and less; the wait is true."""
    await begin_window()
    await asyncio.sleep(0.8)
    assert not any([(await ask(limiter)).wait_ms for _ in range(4)])
    await begin_window()
    refused = await ask(limiter)
    assert refused.wait_ms > 0
    await asyncio.sleep(refused.wait_ms / 1000)
    assert not (await ask(limiter)).wait_ms


async def test_all_rates_count_or_none(limiter: Limiter) -> None:
    """A request that one rate refuses takes no room from another."""
    wide, narrow = Rate("wide", "requests", 9), Rate("narrow", "requests", 1)
    both = (Counted(wide, "me"), Counted(narrow, "me"))
    first, second = await limiter.take(*both), await limiter.take(*both)
    assert [standing.remaining for standing in first] == [8, 0]
    assert [(standing.remaining, standing.wait_ms > 0) for standing in second] == [(8, False), (0, True)]


async def test_nothing_is_kept_for_long(limiter: Limiter, counters: Redis) -> None:
    """Every counter expires once it means nothing any more."""
    await ask(limiter)
    assert 0 < await counters.pttl(f"{PREFIX}second:me") <= 2000


async def _hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


@pytest.fixture(params=["down", "hanging"])
async def away(request: pytest.FixtureRequest) -> AsyncIterator[Redis]:
    """A Valkey that refuses connections, or takes them and says nothing."""
    server = await asyncio.start_server(_hang, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    if request.param == "down":
        server.close()
    async with Redis(host="127.0.0.1", port=port) as valkey:
        yield valkey
    server.close()


@pytest.mark.usefixtures("running_app")  # with which logging is set up
async def test_without_valkey_the_service_goes_on(
    away: Redis, counters: Redis, limiter: Limiter, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is limited, the wait is short and not repeated at once, and it is said once; later limits hold again."""
    monkeypatch.setattr(limiting, "PAUSE_SECONDS", 0.2)
    lost, rate = Limiter(away, Limits()), Rate("minute", "requests of a test", 5)
    for pause in (0.0, 0.0, 0.25):
        await asyncio.sleep(pause)
        began = time.monotonic()
        assert await lost.take(Counted(rate, "me")) == ()
        assert time.monotonic() - began < 1
    lost._count = counters.register_script(limiting.SCRIPT)  # noqa: SLF001 - as if Valkey were back
    await asyncio.sleep(0.25)
    assert [(await ask(one, rate=rate)).remaining for one in (lost, limiter)] == [4, 3]
    assert caplog.text.count("nothing is limited while valkey is away") == 1
    assert caplog.text.count("limits are kept again") == 1
