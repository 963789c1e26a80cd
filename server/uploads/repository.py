"""Named queries over upload sessions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, text

from server.auth.principal import Principal
from server.aws.store import Address
from server.unit_of_work import UnitOfWork
from server.uploads.models import GRACE, Upload
from server.uploads.state import UploadStatus


class UploadRepository:
    """Upload sessions of one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, upload: Upload) -> None:
        """Keep a new session."""
        self._session.add(upload)
        await self._session.flush()

    async def get(self, upload_id: UUID) -> Upload:
        """Return a session, as a worker needs it: whoever owns it."""
        return await self._session.get_one(Upload, upload_id)

    async def get_for_change(self, upload_id: UUID) -> Upload:
        """Return a session, as a worker needs it, and lock its row."""
        return await self._session.get_one(Upload, upload_id, with_for_update=True, populate_existing=True)

    async def visible(self, viewer: Principal, upload_id: UUID, *, for_change: bool = False) -> Upload | None:
        """Return a session that the viewer may see, or None."""
        query = select(Upload).where(Upload.id == upload_id)
        if not viewer.sees_all:
            query = query.where(Upload.owner_id == viewer.user_id)
        if for_change:
            query = query.with_for_update()
        return (await self._session.execute(query)).scalar_one_or_none()

    async def overdue(self, limit: int) -> Sequence[Upload]:
        """Return pending sessions whose addresses have run out, the oldest first."""
        query = select(Upload).where(text(f"status = '{UploadStatus.PENDING}'"), Upload.expires_at < func.now() - GRACE)
        return (await self._session.execute(query.order_by(Upload.expires_at).limit(limit))).scalars().all()

    async def by_keys(self, bucket: str, keys: Sequence[str]) -> Sequence[Upload]:
        """Return the sessions that these objects are for."""
        query = select(Upload).where(Upload.bucket == bucket, Upload.key.in_(keys))
        return (await self._session.execute(query)).scalars().all()

    async def of_media(self, media_id: UUID) -> Upload | None:
        """Return the session that an item came by, or None when it came by another way."""
        query = select(Upload).where(Upload.media_id == media_id)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def by_address(self, address: Address) -> Upload | None:
        """Return the session that waits for this object, or None."""
        query = select(Upload).where(Upload.bucket == address.bucket, Upload.key == address.key)
        return (await self._session.execute(query)).scalar_one_or_none()
