"""The rows of mails."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Label, func, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified, words
from server.users.models import User

LOWER_ADDRESS: Label[str] = literal_column("lower(address)").label("lower_address")
HAS_ENDED = text("ended_at IS NOT NULL")


class MailKind(StrEnum):
    """What a mail says."""

    TEXT = "text"
    FAILURE = "failure"
    INVITE = "invite"
    AGREEMENT = "agreement"
    APPROVED = "approved"


class MailStatus(StrEnum):
    """What has become of a mail: one that is suppressed is not wanted, or not possible, any more."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


class Mail(Identified, Base):
    """A mail that is to go out, or went: what it is composed of, not what it says.

    It goes to the address that `user_id` has when it is sent, or to `address` where nobody is known by it. `subject_id`
    is what it is about: an item, an invite. `sealed` holds the link of an invite until it is sent. `dedupe` is the same
    for what is the same mail. `message_id` is SES's name for it.
    """

    __tablename__ = "mails"

    kind: Mapped[MailKind] = mapped_column(words(MailKind))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    address: Mapped[str | None]
    subject_id: Mapped[UUID | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    sealed: Mapped[str | None]
    dedupe: Mapped[str] = mapped_column(unique=True)
    status: Mapped[MailStatus] = mapped_column(words(MailStatus), default=MailStatus.PENDING)
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]
    message_id: Mapped[str | None]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_mails_user_id_id", "user_id", "id"),
        Index("ix_mails_lower_address", LOWER_ADDRESS, postgresql_where=text("address IS NOT NULL")),
        Index("ix_mails_message_id", "message_id", postgresql_where=text("message_id IS NOT NULL")),
        Index("ix_mails_ended_at", "ended_at", postgresql_where=HAS_ENDED),
    )

    def end(self, status: MailStatus, code: str | None = None, message: str | None = None) -> None:
        """Say what has become of it; a secret that it was to carry is forgotten."""
        self.status, self.ended_at, self.sealed = status, func.clock_timestamp(), None
        self.error_code, self.error_message = code, message
