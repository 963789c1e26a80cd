"""Text segments as they come, in any order and more than once."""

from uuid import UUID

from server.auth.principal import Principal
from server.problems import NotFound
from server.recitals.models import TextSegment
from server.recitals.problems import RecitalClosed, SegmentDiffers
from server.recitals.repository import RecitalRepository
from server.recitals.schemas import TextSegmentWish
from server.recitals.state import TAKING
from server.unit_of_work import UnitOfWork


async def take_in(work: UnitOfWork, speaker: Principal, recital_id: UUID, wish: TextSegmentWish) -> None:
    """Keep what was read, and until when.

    The same again changes nothing, unless it doesn't count any more: that may be said later, and then stays.

    Raises:
        NotFound: there is no such recital, or it is another's.
        SegmentDiffers: the index has another text or end.
        RecitalClosed: it takes nothing more.
    """
    recitals = RecitalRepository(work)
    recital = await recitals.own(speaker, recital_id, for_change=True)
    if recital is None:
        raise NotFound("recital")
    kept = await recitals.segment(recital_id, wish.index)
    if kept is not None and (kept.text, kept.end_ms) != (wish.text, wish.end_ms):
        raise SegmentDiffers(wish.index)
    if kept is not None and (kept.does_not_count or not wish.does_not_count):
        return
    if recital.status not in TAKING:
        raise RecitalClosed(recital.status, recital.last_sequence)
    if kept is None:
        kept = TextSegment(recital_id=recital_id, index=wish.index, end_ms=wish.end_ms, text=wish.text)
        work.session.add(kept)
    kept.does_not_count = wish.does_not_count
    await recitals.note_life(recital_id)
