"""Named queries over recitals."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, func, or_, select, update

from server.auth.principal import Principal
from server.documents.models import Document
from server.media.models import Rendition
from server.recitals.files import File
from server.recitals.models import IS_ACTIVE, AudioSlice, Recital, TextSegment
from server.recitals.state import RecitalStatus
from server.unit_of_work import UnitOfWork

NOW = func.clock_timestamp()


class RecitalRepository:
    """Recitals of one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, recital: Recital) -> None:
        """Keep a new recital."""
        self._session.add(recital)
        await self._session.flush()

    async def get(self, recital_id: UUID) -> Recital:
        """Return a recital, as a worker needs it: whoever owns it."""
        return await self._session.get_one(Recital, recital_id)

    async def get_for_change(self, recital_id: UUID) -> Recital:
        """Return a recital and lock its row until the transaction ends."""
        return await self._session.get_one(Recital, recital_id, with_for_update=True, populate_existing=True)

    async def visible(self, viewer: Principal, recital_id: UUID) -> Recital | None:
        """Return a recital that the viewer may see, or None."""
        query = select(Recital).where(Recital.id == recital_id)
        if not viewer.sees_all:
            query = query.where(Recital.owner_id == viewer.user_id)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def own(self, speaker: Principal, recital_id: UUID, *, for_change: bool = False) -> Recital | None:
        """Return a recital of the speaker's own, or None: nobody reads for another."""
        query = select(Recital).where(Recital.id == recital_id, Recital.owner_id == speaker.user_id)
        if for_change:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def document(self, reader: Principal, document_id: UUID) -> Document | None:
        """Return a document that somebody may read aloud, or None."""
        query = select(Document).where(Document.id == document_id)
        if not reader.sees_all:
            query = query.where(or_(Document.is_public, Document.owner_id == reader.user_id))
        return (await self._session.execute(query)).scalar_one_or_none()

    async def note_life(self, recital_id: UUID) -> None:
        """Write down that something of it has come just now."""
        alive = update(Recital).where(Recital.id == recital_id).values(alive_at=NOW)
        await self._session.execute(alive.execution_options(synchronize_session=False))

    async def slice(self, recital_id: UUID, sequence: int) -> AudioSlice | None:
        """Return a slice, or None when it has not come."""
        return await self._session.get(AudioSlice, (recital_id, sequence), populate_existing=True)

    async def slices(self, recital_id: UUID) -> Sequence[AudioSlice]:
        """Return what has come of the sound, in its order."""
        query = select(AudioSlice).where(AudioSlice.recital_id == recital_id).order_by(AudioSlice.sequence)
        return (await self._session.execute(query)).scalars().all()

    async def count_slices(self, recital_id: UUID) -> tuple[int, int]:
        """Return how many slices have come, and the highest number among them: -1 when there is none."""
        query = select(func.count(), func.coalesce(func.max(AudioSlice.sequence), -1))
        count, highest = (await self._session.execute(query.where(AudioSlice.recital_id == recital_id))).one()
        return count, highest

    async def missing(self, recital_id: UUID, last: int, limit: int) -> Sequence[int]:
        """Return the lowest numbers up to `last` of which no slice has come."""
        numbers = func.generate_series(0, last).column_valued("number")
        has_come = exists().where(AudioSlice.recital_id == recital_id, AudioSlice.sequence == numbers)
        query = select(numbers).where(~has_come).order_by(numbers).limit(limit)
        return (await self._session.execute(query)).scalars().all()

    async def segment(self, recital_id: UUID, index: int) -> TextSegment | None:
        """Return a text segment, or None when it has not come."""
        return await self._session.get(TextSegment, (recital_id, index), populate_existing=True)

    async def segments(self, recital_id: UUID) -> Sequence[TextSegment]:
        """Return the text segments that have come, in the order of their indices."""
        query = select(TextSegment).where(TextSegment.recital_id == recital_id).order_by(TextSegment.index)
        return (await self._session.execute(query)).scalars().all()

    async def media_of(self, recital_id: UUID) -> UUID | None:
        """Return the item that was made of a recital, as it is committed now, or None."""
        return await self._session.scalar(select(Recital.media_id).where(Recital.id == recital_id))

    async def of_media(self, media_id: UUID) -> UUID | None:
        """Return the recital that an item was made of, or None."""
        return await self._session.scalar(select(Recital.id).where(Recital.media_id == media_id))

    async def idle(self, age: timedelta, limit: int) -> Sequence[Recital]:
        """Return recitals under way that gave no sign of life for so long, locked; those that others hold are left."""
        query = select(Recital).where(IS_ACTIVE, Recital.alive_at < NOW - age).order_by(Recital.alive_at).limit(limit)
        return (await self._session.execute(query.with_for_update(skip_locked=True))).scalars().all()

    async def among(self, recital_ids: Collection[UUID], statuses: Collection[RecitalStatus]) -> set[UUID]:
        """Return which of these there are in one of the statuses."""
        query = select(Recital.id).where(Recital.id.in_(recital_ids), Recital.status.in_(statuses))
        return set((await self._session.execute(query)).scalars())

    async def to_aggregate(self, limit: int) -> Sequence[Recital]:
        """Return recitals that have ended and are not aggregated, the oldest first."""
        query = select(Recital).where(Recital.status == RecitalStatus.ENDED).order_by(Recital.id).limit(limit)
        return (await self._session.execute(query)).scalars().all()

    async def to_publish(self, limit: int) -> Sequence[Recital]:
        """Return recitals that are aggregated and not published, the oldest first, once they have their renditions."""
        has_light = exists().where(Rendition.media_id == Recital.media_id, Rendition.name == File.LIGHT)
        query = select(Recital).where(Recital.status == RecitalStatus.AGGREGATED, has_light)
        return (await self._session.execute(query.order_by(Recital.id).limit(limit))).scalars().all()

    async def unpurged(self, limit: int) -> Sequence[Recital]:
        """Return discarded recitals of which more than the row is left."""
        parts = [exists().where(part == Recital.id) for part in (AudioSlice.recital_id, TextSegment.recital_id)]
        query = select(Recital).where(Recital.status == RecitalStatus.DISCARDED, or_(*parts)).order_by(Recital.id)
        return (await self._session.execute(query.limit(limit))).scalars().all()
