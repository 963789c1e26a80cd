"""How a recital ends: because its speaker says so, or because nothing more was heard of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from server.auth.principal import Principal
from server.problems import NotFound
from server.recitals.models import Recital
from server.recitals.news import announce
from server.recitals.problems import SlicesMissing
from server.recitals.repository import RecitalRepository
from server.recitals.schemas import EndWish
from server.recitals.state import RecitalStatus
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork

LISTED = 1_000
"""Missing slices that are named at once."""
NO_SLICE = -1


async def end(work: UnitOfWork, speaker: Principal, recital_id: UUID, wish: EndWish) -> Recital:
    """End a recital whose slices are all there; one that has ended already stays as it ended.

    Raises:
        NotFound: there is none, or it is another's.
        SlicesMissing: some are not there. That this is to be the end is remembered.
    """
    recitals = RecitalRepository(work)
    recital = await recitals.own(speaker, recital_id, for_change=True)
    if recital is None:
        raise NotFound("recital")
    if recital.status is not RecitalStatus.ACTIVE:
        return recital
    count, highest = await recitals.count_slices(recital_id)
    # What has come counts, also beyond the number that is named: nothing that was acknowledged is lost.
    last = max(NO_SLICE if wish.last_sequence is None else wish.last_sequence, highest)
    recital.last_sequence, recital.discard_last = last, wish.discard_last_n_text_segments
    if count > last:
        await _close(work, recital)
        return recital
    missing = await recitals.missing(recital_id, last, LISTED)
    # Although the answer is no, what was asked has to hold: the slice that comes last ends the recital then.
    await work.session.commit()
    raise SlicesMissing(missing, last + 1 - count)


async def end_if_whole(work: UnitOfWork, recital: Recital) -> None:
    """End a recital, which is locked, if its end was asked for and its last missing slice has come."""
    if recital.status is not RecitalStatus.ACTIVE or recital.last_sequence is None:
        return
    count, _ = await RecitalRepository(work).count_slices(recital.id)
    if count > recital.last_sequence:
        await _close(work, recital)


async def end_idle(work: UnitOfWork, idle: timedelta, limit: int) -> list[UUID]:
    """End recitals that gave no sign of life for so long, with what they have.

    Returns:
        Which were ended, at most `limit`.
    """
    recitals = RecitalRepository(work)
    left = await recitals.idle(idle, limit)
    for recital in left:
        _, highest = await recitals.count_slices(recital.id)
        recital.last_sequence = max(NO_SLICE if recital.last_sequence is None else recital.last_sequence, highest)
        await _close(work, recital)
    return [recital.id for recital in left]


async def _close(work: UnitOfWork, recital: Recital) -> None:
    recital.become(RecitalStatus.ENDED)
    recital.ended_at = datetime.now(UTC)
    await work.session.flush()
    await tasks.add(work, Kind.AGGREGATE, recital.id, owner_id=recital.owner_id, queue=Queue.WORK)
    announce(work, recital)
