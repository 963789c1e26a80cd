"""Finding what is overdue: tasks that nobody looks at, uploads whose address has run out, buckets not gone through."""

from dataclasses import dataclass
from datetime import timedelta

from server.pipeline.tidy import HOUSE, SUBJECT
from server.settings import Settings
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork
from server.uploads.repository import UploadRepository

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: tasks called for, uploads overdue, and whether the buckets are gone through now."""

    due: int
    overdue: int
    tidying: bool


async def sweep(work: UnitOfWork, settings: Settings, *, thoroughly: bool = False) -> Swept:
    """Call workers for every task that is due, and add those that follow from time alone.

    It finds nothing twice and changes nothing that is under way, so sweeping is harmless however often and by however
    many it is done.

    Args:
        work: where the tasks are added and the calls are noted.
        settings: say how often the buckets are gone through.
        thoroughly: have that done now.
    """
    overdue = await UploadRepository(work).overdue(AT_ONCE)
    for upload in overdue:
        await tasks.add(work, Kind.EXPIRE, upload.id, owner_id=upload.owner_id, queue=Queue.WORK)
    delay = timedelta() if thoroughly else timedelta(minutes=settings.work.tidy_minutes)
    await tasks.add(work, Kind.TIDY, SUBJECT, owner_id=HOUSE, queue=Queue.WORK, delay=delay)
    if thoroughly:
        await tasks.hasten(work, Kind.TIDY, SUBJECT)
    wakes = [wake for queue in Queue for wake in await tasks.due(work.session, queue, AT_ONCE)]
    for wake in wakes:
        work.wake(wake)
    return Swept(due=len(wakes), overdue=len(overdue), tidying=thoroughly)
