"""Named queries over media items."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, func, select, update

from server.auth.principal import Principal
from server.aws.store import Address
from server.media.models import IS_UNDER_WAY, Media, Rendition
from server.media.state import HIDDEN, Status
from server.tasks.models import State, Task
from server.unit_of_work import UnitOfWork


class MediaRepository:
    """Media items of one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    def add(self, media: Media) -> None:
        """Keep a new item."""
        self._session.add(media)

    async def get(self, media_id: UUID) -> Media:
        """Return an item, as a worker needs it: whoever owns it."""
        return await self._session.get_one(Media, media_id)

    async def get_for_change(self, media_id: UUID) -> Media:
        """Return an item and lock its row until the transaction ends."""
        return await self._session.get_one(Media, media_id, with_for_update=True, populate_existing=True)

    async def visible(self, viewer: Principal, media_id: UUID, *, for_change: bool = False) -> Media | None:
        """Return an item that the viewer may see, or None."""
        query = select(Media).where(Media.id == media_id, Media.status.not_in(HIDDEN))
        if not viewer.sees_all:
            query = query.where(Media.owner_id == viewer.user_id)
        if for_change:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def named_sources(self, bucket: str, keys: Sequence[str]) -> set[str]:
        """Return those of the keys that are the sources of items that are not gone."""
        query = select(Media.source_key).where(
            Media.source_bucket == bucket, Media.source_key.in_(keys), Media.status != Status.GONE
        )
        return set((await self._session.execute(query)).scalars())

    async def named_renditions(self, bucket: str, keys: Sequence[str]) -> set[str]:
        """Return those of the keys that are renditions."""
        query = select(Rendition.key).where(Rendition.bucket == bucket, Rendition.key.in_(keys))
        return set((await self._session.execute(query)).scalars())

    async def living(self, media_ids: Collection[UUID]) -> set[UUID]:
        """Return those of the items that are there, and not being deleted."""
        query = select(Media.id).where(Media.id.in_(media_ids), Media.status.not_in(HIDDEN))
        return set((await self._session.execute(query)).scalars())

    async def stranded(self, age: timedelta, limit: int) -> Sequence[Media]:
        """Return items under way that no task works on and of which nothing was heard, the longest silent first."""
        worked_on = exists().where(Task.subject_id == Media.id, Task.state.in_((State.PENDING, State.RUNNING)))
        query = select(Media).where(IS_UNDER_WAY, Media.updated_at < func.now() - age, ~worked_on)
        return (await self._session.execute(query.order_by(Media.updated_at).limit(limit))).scalars().all()

    async def rendition(self, media_id: UUID, name: str) -> Rendition | None:
        """Return one form of an item."""
        query = select(Rendition).where(Rendition.media_id == media_id, Rendition.name == name)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def renditions(self, media_id: UUID) -> Sequence[Rendition]:
        """Return all forms of an item, by their names."""
        query = select(Rendition).where(Rendition.media_id == media_id).order_by(Rendition.name)
        return (await self._session.execute(query)).scalars().all()

    async def replace_renditions(self, media_id: UUID, renditions: list[Rendition]) -> list[Address]:
        """Put new renditions in the place of those of the same names.

        Returns:
            Where the replaced ones lie, for removal once this is committed.
        """
        names = [rendition.name for rendition in renditions]
        replaced = await self._session.execute(
            delete(Rendition)
            .where(Rendition.media_id == media_id, Rendition.name.in_(names))
            .returning(Rendition.bucket, Rendition.key)
        )
        self._session.add_all(renditions)
        return [Address(*row) for row in replaced]

    async def note_progress(self, media_id: UUID, progress: float, heard_ms: int) -> None:
        """Write down how far the present stage is."""
        await self._session.execute(
            update(Media)
            .where(Media.id == media_id, Media.status.in_((Status.TRANSCODING, Status.TRANSCRIBING)))
            .values(progress=progress, heard_ms=heard_ms, updated_at=func.clock_timestamp())
        )
