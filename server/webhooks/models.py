"""The rows of endpoints, and of what is delivered."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified, words
from server.users.models import User
from server.webhooks.kinds import DeliveryStatus, Disabled, Proof, Transport

HAS_ENDED = text("ended_at IS NOT NULL")


class WebhookEndpoint(Identified, Base):
    """Where a caller's program wishes to be told of events.

    The secrets are sealed: `sealed_secret` signs, and so does `former_sealed_secret` until `former_until`.
    """

    __tablename__ = "webhook_endpoints"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    url: Mapped[str]
    description: Mapped[str]
    events: Mapped[list[str]] = mapped_column(ARRAY(Text))
    disabled: Mapped[Disabled | None] = mapped_column(words(Disabled))
    sealed_secret: Mapped[str]
    former_sealed_secret: Mapped[str | None]
    former_until: Mapped[datetime | None]

    __table_args__ = (Index("ix_webhook_endpoints_owner_id_id", "owner_id", "id"),)


class CallbackSecret(Base):
    """What an owner's callbacks are signed by, sealed."""

    __tablename__ = "callback_secrets"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    sealed_secret: Mapped[str]


class Delivery(Identified, Base):
    """One message for one receiver.

    `dedupe` names what it tells, and to whom: the same is sent once. `attempt_count` counts all attempts, `failures`
    those in a row since it was begun, or begun again. Nobody owns what was asked for through a queue.
    """

    __tablename__ = "deliveries"

    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    endpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey(WebhookEndpoint.id, ondelete="CASCADE"))
    url: Mapped[str]
    transport: Mapped[Transport] = mapped_column(words(Transport))
    proof: Mapped[Proof] = mapped_column(words(Proof))
    event: Mapped[str]
    subject_id: Mapped[UUID | None]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    dedupe: Mapped[str] = mapped_column(unique=True)
    status: Mapped[DeliveryStatus] = mapped_column(words(DeliveryStatus))
    attempt_count: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    failures: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    next_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_deliveries_owner_id_id", "owner_id", "id"),
        Index("ix_deliveries_owner_id_status_id", "owner_id", "status", "id"),
        Index("ix_deliveries_endpoint_id_id", "endpoint_id", "id"),
        Index("ix_deliveries_subject_id", "subject_id"),
        Index("ix_deliveries_ended_at", "ended_at", postgresql_where=HAS_ENDED),
    )

    @property
    def webhook_id(self) -> str:
        """The name of the message, by which a receiver knows one that comes again."""
        return f"msg_{self.id.hex}"

    def end(self, status: DeliveryStatus) -> None:
        """Try no more, because it was delivered or will not be."""
        self.status, self.next_at, self.ended_at = status, None, datetime.now(UTC)


class DeliveryAttempt(Base):
    """That a delivery was tried: what the receiver answered, or why there was no answer."""

    __tablename__ = "delivery_attempts"

    delivery_id: Mapped[UUID] = mapped_column(ForeignKey(Delivery.id, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    status_code: Mapped[int | None]
    error: Mapped[str | None]
    took_ms: Mapped[int]
