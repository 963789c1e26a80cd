"""Calling for tasks that nobody looks at."""

from uuid import uuid4

from arq.connections import ArqRedis

from server.tasks import service
from server.tasks.models import Kind, Queue
from server.unit_of_work import Units
from server.worker.sweeper import sweep


async def test_emptied_valkey_loses_nothing(separate_units: Units, valkey: ArqRedis) -> None:
    """When Valkey has forgotten every call, the sweeper makes them anew, each once."""
    async with separate_units.begin() as work:
        await service.add(work, Kind.INTAKE, uuid4(), queue=Queue.WORK)
        await service.add(work, Kind.TRANSCRIBE, uuid4(), queue=Queue.WHISPER)
    await valkey.flushdb()
    assert [await sweep(separate_units, valkey) for _ in range(2)] == [2, 2]
    assert [await valkey.zcard(queue.value) for queue in Queue] == [1, 1]
