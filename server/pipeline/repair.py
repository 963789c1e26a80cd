"""Finding what is overdue: tasks that nobody looks at, uploads and recitals left without an end, buckets."""

from dataclasses import dataclass
from datetime import timedelta

from server.pipeline.tidy import HOUSE, SUBJECT
from server.recitals.ending import end_idle
from server.settings import Settings
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork
from server.uploads.repository import UploadRepository

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: tasks called for, uploads overdue, recitals idle, and whether the buckets are tidied now."""

    due: int
    overdue: int
    idle: int
    tidying: bool


async def sweep(work: UnitOfWork, settings: Settings, *, thoroughly: bool = False) -> Swept:
    """Call workers for every task that is due, and add those that follow from time alone.

    It finds nothing twice and changes nothing that is under way, so sweeping is harmless however often and by however
    many it is done.

    Args:
        work: where the tasks are added and the calls are noted.
        settings: say how often the buckets are gone through, and how long a recital may be silent.
        thoroughly: have that done now.
    """
    overdue = await UploadRepository(work).overdue(AT_ONCE)
    for upload in overdue:
        await tasks.add(work, Kind.EXPIRE, upload.id, owner_id=upload.owner_id, queue=Queue.WORK)
    idle = await end_idle(work, timedelta(minutes=settings.recitals.idle_minutes), AT_ONCE)
    delay = timedelta() if thoroughly else timedelta(minutes=settings.work.tidy_minutes)
    await tasks.add(work, Kind.TIDY, SUBJECT, owner_id=HOUSE, queue=Queue.WORK, delay=delay)
    if thoroughly:
        await tasks.hasten(work, Kind.TIDY, SUBJECT)
    wakes = [wake for queue in Queue for wake in await tasks.due(work.session, queue, AT_ONCE)]
    for wake in wakes:
        work.wake(wake)
    return Swept(due=len(wakes), overdue=len(overdue), idle=len(idle), tidying=thoroughly)
