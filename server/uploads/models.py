"""The rows of upload sessions."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.aws.store import Address
from server.db.base import Base, Identified, words
from server.media.kinds import MediaKind
from server.media.models import Media
from server.uploads.state import TRANSITIONS, Method, UploadStatus
from server.users.models import User
from server.webhooks.kinds import Transport

GRACE = timedelta(minutes=1)
"""What was begun before the end may be under way a little longer, and clocks differ."""


class Upload(Identified, Base):
    """What someone said they would send, and whether it came; `wish` is a `SpeechWish`."""

    __tablename__ = "uploads"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id))
    status: Mapped[UploadStatus] = mapped_column(words(UploadStatus), default=UploadStatus.PENDING)
    kind: Mapped[MediaKind] = mapped_column(words(MediaKind))
    filename: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None]
    title: Mapped[str]
    language: Mapped[str | None]
    wish: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    bucket: Mapped[str]
    key: Mapped[str]
    method: Mapped[Method] = mapped_column(words(Method))
    multipart_id: Mapped[str | None]
    expires_at: Mapped[datetime]
    media_id: Mapped[UUID | None] = mapped_column(ForeignKey(Media.id), index=True)
    callback_url: Mapped[str | None]
    callback_transport: Mapped[Transport | None] = mapped_column(words(Transport))
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("bucket", "key"),
        Index("ix_uploads_owner_id_id", "owner_id", "id"),
        Index("ix_uploads_pending_expires_at", "expires_at", postgresql_where=text("status = 'pending'")),
    )

    @property
    def address(self) -> Address:
        """Where the bytes are to lie."""
        return Address(self.bucket, self.key)

    @property
    def is_pending(self) -> bool:
        """Whether it waits for bytes."""
        return self.status is UploadStatus.PENDING

    @property
    def is_overdue(self) -> bool:
        """Whether it still waits for bytes that can't come any more."""
        return self.status is UploadStatus.PENDING and self.expires_at + GRACE < datetime.now(UTC)

    def may_become(self, status: UploadStatus) -> bool:
        """Say whether the table has such a way."""
        return status in TRANSITIONS[self.status]

    def become(self, status: UploadStatus) -> None:
        """Change the status, by the table of transitions.

        Raises:
            ValueError: the table has no such way.
        """
        if not self.may_become(status):
            raise ValueError(f"an upload can't become {status} from {self.status}")
        self.status = status
        self.error_code = self.error_message = None

    def expire(self) -> None:
        """Close it because nothing came in time."""
        self.become(UploadStatus.EXPIRED)
        self.error_code = "upload_expired"
        self.error_message = "The bytes did not come while the address was good. Begin a new upload."

    def reject(self, code: str, message: str) -> None:
        """Refuse what came, with a reason that a person can act on."""
        self.become(UploadStatus.REJECTED)
        self.error_code, self.error_message = code, message
