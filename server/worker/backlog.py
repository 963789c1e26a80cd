"""Telling the log how long work has waited, for what starts and stops workers by it."""

import asyncio
from dataclasses import asdict, dataclass

import structlog

from server.admin.tasks import Phase, count_open
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)

LINE = "backlog"
"""What the lines say, by which the metric filters of `infra/template.yaml` find them."""
TELL_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Backlog:
    """How a queue stands: for how long its oldest due task has waited, and how many are due or running."""

    queue: Queue
    oldest_due_seconds: float
    open: int


async def measure(work: UnitOfWork) -> list[Backlog]:
    """Say how every queue stands."""
    now = [one for one in await count_open(work) if one.phase is not Phase.LATER]
    return [
        Backlog(
            queue,
            max((one.waited for one in now if one.queue is queue and one.phase is Phase.DUE), default=0.0),
            sum(one.count for one in now if one.queue is queue),
        )
        for queue in Queue
    ]


async def tell_backlog(units: Units, every_seconds: float = TELL_SECONDS) -> None:
    """Write a line for each queue now and then, until cancelled.

    SQS can't tell: messages are taken from it at once, and what they ask for waits as rows.
    """
    while True:
        try:
            async with units.begin() as work:
                told = await measure(work)
        except Exception as error:  # noqa: BLE001 - Postgres being away for a while must not end the telling
            log.warning("backlog not known", error=str(error))
        else:
            for backlog in told:
                log.info(LINE, **asdict(backlog))
        await asyncio.sleep(every_seconds)
