"""Calling for tasks that nobody looks at: postponed ones that are due, and those of dead workers."""

import asyncio

import structlog
from arq.connections import ArqRedis

from server.dispatch.wake import send
from server.tasks import service
from server.tasks.queues import Queue
from server.unit_of_work import Units

log = structlog.get_logger(__name__)

AT_ONCE = 1_000


async def sweep(units: Units, valkey: ArqRedis) -> int:
    """Send a call for every task that is due, and return how many there were.

    A call that waits already is not doubled, so sweeping is harmless however often it is done.
    """
    async with units.begin() as work:
        wakes = [wake for queue in Queue for wake in await service.due(work.session, queue, AT_ONCE)]
    for wake in wakes:
        await send(valkey, wake)
    return len(wakes)


async def sweep_regularly(units: Units, valkey: ArqRedis, seconds: float) -> None:
    """Sweep now and then, until cancelled.

    Not one of arq's cron jobs: those wait for a free place among the jobs, and a worker that has
    none is just the one whose neighbours may have died.
    """
    while True:
        try:
            await sweep(units, valkey)
        except Exception as error:  # noqa: BLE001 - Postgres or Valkey being away for a while must not end the sweeping
            log.warning("sweep failed", error=str(error))
        await asyncio.sleep(seconds)
