"""Counting requests in Valkey, in sliding windows."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from time import monotonic

import structlog
from redis.asyncio import ConnectionPool, Redis
from redis.exceptions import RedisError

from server.configuration.callers import Limits
from server.configuration.services import Valkey
from server.limits.rates import Counted, Rates, Standing

log = structlog.get_logger(__name__)

PREFIX = "lectern:limits:"
AT_ONCE = 8
"""Few, so that many requests at once wait for a turn, and not for as many new connections."""
PATIENCE_STEPS, STEP_SECONDS = 10, 0.01
"""What a Valkey that hangs may cost a request; by steps, so that what our own event loop is late by, with very much to
do, isn't held against Valkey: limits have to hold above all then."""
PAUSE_SECONDS = 1.0
"""For so long a Valkey that didn't answer isn't asked again."""

SCRIPT = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local found, room = {}, true
for i, key in ipairs(KEYS) do
    local most, width = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
    local window, left = math.floor(now / width), width - now % width
    local kept = redis.call('HMGET', key, 'window', 'count', 'before')
    local age = window - (tonumber(kept[1]) or window)
    local count, before = tonumber(kept[2]) or 0, tonumber(kept[3]) or 0
    if age == 1 then count, before = 0, count elseif age ~= 0 then count, before = 0, 0 end
    local free, wait = math.floor(most - count - before * left / width), 0
    if free < 1 and count < most then
        wait = math.floor(left - width * (most - 1 - count) / before) + 1
    elseif free < 1 then
        wait = math.floor(left + width * (1 - (most - 1) / count)) + 1
    end
    found[i] = {window, count, before, math.max(free, 0), wait, left, width}
    room = room and free >= 1
end
local standings = {}
for i, key in ipairs(KEYS) do
    local window, count, before, free, wait, left, width = unpack(found[i])
    if room then
        redis.call('HSET', key, 'window', window, 'count', count + 1, 'before', before)
        redis.call('PEXPIRE', key, 2 * width)
        free = free - 1
    end
    standings[i] = {free, wait, left}
end
return standings
"""
"""Count one request by every rate, or by none if one has no room.

Two numbers a rate and subject: the requests of this window and of the one before, which counts less the further this
one has come. What is refused isn't counted, so that who waits as long as told is let in.
"""


class Limiter:
    """Tells who asks too much; while Valkey doesn't answer, nobody does."""

    def __init__(self, valkey: Redis, limits: Limits) -> None:
        self.rates = Rates.of(limits)
        self._count = valkey.register_script(SCRIPT)
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._is_away = False
        self._asks_again_at = 0.0

    async def take(self, *counted: Counted) -> Sequence[Standing]:
        """Count one request by each of these rates, or by none if one has no room.

        Returns:
            How each then stands; nothing of those without a limit, and nothing at all while Valkey is away.
        """
        limited = [one for one in counted if one.rate.most]
        if not limited:
            return ()
        async with self._turns:
            if monotonic() < self._asks_again_at:
                return ()
            try:
                standings = await _in_time(self._ask(limited))
            except (RedisError, OSError, TimeoutError) as error:
                self._pause(error)
                return ()
            self._go_on()
            return standings

    async def _ask(self, limited: Sequence[Counted]) -> Sequence[Standing]:
        keys = [f"{PREFIX}{one.rate.name}:{one.subject}" for one in limited]
        numbers = [number for one in limited for number in (one.rate.most, one.rate.seconds * 1000)]
        answers = await self._count(keys, numbers)
        return [Standing(one.rate, *answer) for one, answer in zip(limited, answers, strict=True)]

    def _pause(self, error: Exception) -> None:
        self._asks_again_at = monotonic() + PAUSE_SECONDS
        if not self._is_away:
            log.warning("nothing is limited while valkey is away", error=repr(error))
        self._is_away = True

    def _go_on(self) -> None:
        if self._is_away:
            log.info("limits are kept again")
        self._is_away = False


async def _in_time(asking: Coroutine[None, None, Sequence[Standing]]) -> Sequence[Standing]:
    task = asyncio.create_task(asking)
    try:
        for _ in range(PATIENCE_STEPS):
            answered, _waiting = await asyncio.wait({task}, timeout=STEP_SECONDS)
            if answered:
                return task.result()
        raise TimeoutError("Valkey does not answer")
    finally:
        task.cancel()


@asynccontextmanager
async def open_limiter(valkey: Valkey, limits: Limits) -> AsyncIterator[Limiter]:
    """Keep a limiter with connections of its own for as long as the context lasts."""
    connections = ConnectionPool.from_url(valkey.url.get_secret_value())
    try:
        yield Limiter(Redis(connection_pool=connections), limits)
    finally:
        await connections.aclose()
