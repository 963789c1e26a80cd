"""The rows of exports."""

from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.aws.store import Address
from server.db.base import Base, Identified, words
from server.users.models import User


class ExportStatus(StrEnum):
    """How far an export has come."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class Export(Identified, Base):
    """A person's wish for everything that is held about them, and the file that it became."""

    __tablename__ = "exports"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    status: Mapped[ExportStatus] = mapped_column(words(ExportStatus), default=ExportStatus.PENDING)
    bucket: Mapped[str | None]
    key: Mapped[str | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    expires_at: Mapped[datetime | None]
    error: Mapped[str | None]

    __table_args__ = (Index("ix_exports_owner_id_id", "owner_id", "id"), Index("ix_exports_key", "key"))

    @property
    def standing(self) -> ExportStatus:
        """How it stands at this moment: one whose time is over has expired, whether that is written down yet or not."""
        is_over = self.expires_at is not None and self.expires_at <= datetime.now(UTC)
        return ExportStatus.EXPIRED if self.status is ExportStatus.READY and is_over else self.status

    @property
    def address(self) -> Address | None:
        """Where the file lies, while it can be fetched."""
        if self.standing is not ExportStatus.READY or self.bucket is None or self.key is None:
            return None
        return Address(self.bucket, self.key)
