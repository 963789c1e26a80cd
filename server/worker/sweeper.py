"""Calling for tasks that nobody looks at: postponed ones that are due, and those of dead workers."""

import structlog
from arq.connections import ArqRedis

from server.dispatch.wake import send
from server.tasks import service
from server.unit_of_work import Units

log = structlog.get_logger(__name__)

AT_ONCE = 1_000


async def sweep(units: Units, valkey: ArqRedis) -> int:
    """Send a call for every task that is due, and return how many there were.

    A call that waits already is not doubled, so sweeping is harmless however often it is done.
    """
    async with units.begin() as work:
        wakes = await service.due(work.session, AT_ONCE)
    for wake in wakes:
        await send(valkey, wake)
    return len(wakes)
