"""The rows of exports."""

from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from server.aws.store import Address
from server.db.base import Base, Identified, words
from server.users.models import User


class ExportKind(StrEnum):
    """What is in an export: everything that is held about its owner, or the texts of the results they have chosen."""

    ACCOUNT = "account"
    RESULTS = "results"


class ExportStatus(StrEnum):
    """How far an export has come."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class Export(Identified, Base):
    """A person's wish for one file of many things, and the file that it became.

    One of results has the ids that are `wanted`, in their order, and the `formats` in which their texts are.
    """

    __tablename__ = "exports"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    kind: Mapped[ExportKind] = mapped_column(
        words(ExportKind), default=ExportKind.ACCOUNT, server_default=ExportKind.ACCOUNT.value
    )
    formats: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"), default=list)
    wanted: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"), default=list)
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

    @property
    def file_name(self) -> str:
        """What browsers save it as."""
        kind = "lectern" if self.kind is ExportKind.ACCOUNT else "lectern-results"
        return f"{kind}-{self.created_at:%Y-%m-%d}.zip"
