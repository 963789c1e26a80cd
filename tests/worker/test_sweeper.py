"""Calling for tasks that nobody looks at."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import uuid4

from arq.connections import ArqRedis
from arq.constants import in_progress_key_prefix
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from server.pipeline.repair import sweep
from server.settings import Settings
from server.tasks import service
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork, Units
from server.worker.sweeper import sweep_regularly


async def add(units: Units, kind: Kind = Kind.INTAKE, queue: Queue = Queue.WORK) -> None:
    """Add a task."""
    async with units.begin() as work:
        await service.add(work, kind, uuid4(), owner_id=uuid4(), queue=queue)


async def swept(units: Units, settings: Settings) -> int:
    """Sweep once, and count what was due."""
    async with units.begin() as work:
        found = await sweep(work, settings)
    return found.due


async def test_emptied_valkey_loses_nothing(separate_units: Units, valkey: ArqRedis, settings: Settings) -> None:
    """When Valkey has forgotten every call, the sweeper makes them anew, each once."""
    await add(separate_units)
    await add(separate_units, Kind.TRANSCRIBE, Queue.WHISPER)
    await add(separate_units, Kind.DELIVER, Queue.SENDING)
    await add(separate_units, Kind.PICTURES, Queue.PICTURES)
    await valkey.flushdb()
    assert [await swept(separate_units, settings) for _ in range(2)] == [4, 4]
    assert [await valkey.zcard(queue.value) for queue in Queue] == [1, 1, 1, 1]


async def test_call_that_died_with_its_worker_is_made_again(
    separate_units: Units, valkey: ArqRedis, settings: Settings
) -> None:
    """A worker killed between accepting a call and taking the task holds it up for a sweep, not for a day."""
    await add(separate_units)
    [accepted] = await valkey.zrange(Queue.WORK.value, 0, -1)
    await valkey.set(in_progress_key_prefix + accepted.decode(), b"1")
    for _ in range(3):
        await swept(separate_units, settings)
    assert await valkey.zcard(Queue.WORK.value) in {2, 3}  # a minute may have passed in between


async def test_sweeping_goes_on_after_trouble(
    separate_units: Units, engine: AsyncEngine, valkey: ArqRedis, settings: Settings
) -> None:
    """A database that was away is logged, and the next sweep comes all the same."""

    class Away(Units):
        sweeps = 0

        @asynccontextmanager
        async def begin(self) -> AsyncIterator[UnitOfWork]:
            self.sweeps += 1
            if self.sweeps < 3:
                raise ConnectionError
            async with super().begin() as work:
                yield work

    away = Away(async_sessionmaker(engine, expire_on_commit=False), valkey)
    often = settings.model_copy(update={"work": settings.work.model_copy(update={"sweep_seconds": 0.01})})
    await add(separate_units)
    await valkey.flushdb()
    sweeping = asyncio.create_task(sweep_regularly(away, often))
    async with asyncio.timeout(5):
        while not await valkey.zcard(Queue.WORK.value):
            await asyncio.sleep(0.01)
    sweeping.cancel()
    with suppress(asyncio.CancelledError):
        await sweeping
    assert away.sweeps >= 3
