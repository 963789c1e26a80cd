"""Calling for tasks that nobody looks at."""

import asyncio
from typing import cast
from uuid import uuid4

from arq.connections import ArqRedis
from arq.constants import in_progress_key_prefix

from server.tasks import service
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import Units
from server.worker.sweeper import sweep, sweep_regularly


async def test_emptied_valkey_loses_nothing(separate_units: Units, valkey: ArqRedis) -> None:
    """When Valkey has forgotten every call, the sweeper makes them anew, each once."""
    async with separate_units.begin() as work:
        await service.add(work, Kind.INTAKE, uuid4(), queue=Queue.WORK)
        await service.add(work, Kind.TRANSCRIBE, uuid4(), queue=Queue.WHISPER)
    await valkey.flushdb()
    assert [await sweep(separate_units, valkey) for _ in range(2)] == [2, 2]
    assert [await valkey.zcard(queue.value) for queue in Queue] == [1, 1]


async def test_call_that_died_with_its_worker_is_made_again(separate_units: Units, valkey: ArqRedis) -> None:
    """A worker killed between accepting a call and taking the task holds it up for a sweep, not for a day."""
    async with separate_units.begin() as work:
        await service.add(work, Kind.INTAKE, uuid4(), queue=Queue.WORK)
    [accepted] = await valkey.zrange(Queue.WORK.value, 0, -1)
    await valkey.set(in_progress_key_prefix + accepted.decode(), b"1")
    for _ in range(3):
        await sweep(separate_units, valkey)
    assert await valkey.zcard(Queue.WORK.value) in {2, 3}  # a minute may have passed in between


async def test_sweeping_goes_on_when_valkey_is_away(separate_units: Units, valkey: ArqRedis) -> None:
    """Trouble is logged and the next sweep comes all the same."""

    class Away:
        calls = 0

        async def enqueue_job(self, *_: object, **__: object) -> None:
            self.calls += 1
            raise ConnectionError

    away = Away()
    async with separate_units.begin() as work:
        await service.add(work, Kind.INTAKE, uuid4(), queue=Queue.WORK)
    sweeping = asyncio.create_task(sweep_regularly(separate_units, cast("ArqRedis", away), 0.01))
    async with asyncio.timeout(5):
        while away.calls < 3:
            await asyncio.sleep(0.01)
    sweeping.cancel()
    assert await valkey.ping()
