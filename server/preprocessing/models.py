"""The rows of recordings that were prepared for others, and of those that others are asked to prepare."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.aws.store import Address
from server.db.base import Base, Identified, words
from server.media.models import Media
from server.preprocessing.kinds import Status


class Preprocessing(Identified, Base):
    """A request of others' that has been answered, and how; its identity makes sure that it is answered once.

    The keys are `s3://` addresses as they came; `duration_ms` is that of the whole sound.
    """

    __tablename__ = "preprocessings"

    identity: Mapped[str] = mapped_column(unique=True)
    request_id: Mapped[str | None]
    s3_key_temp: Mapped[str]
    s3_key_short: Mapped[str]
    s3_key_for_inference: Mapped[str]
    status: Mapped[Status] = mapped_column(words(Status))
    duration_ms: Mapped[int | None] = mapped_column(BigInteger)
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]

    __table_args__ = (
        Index("ix_preprocessings_created_at", "created_at"),
        Index("ix_preprocessings_s3_key_short", "s3_key_short"),
        Index("ix_preprocessings_s3_key_for_inference", "s3_key_for_inference"),
    )


class PreprocessingRequest(Identified, Base):
    """A request of ours to another service, about one item; its id is the `request_id` that the service is told.

    `short_key` and `inference_key` lie in `bucket`; `sent_at` is when the message was first in the queue.
    """

    __tablename__ = "preprocessing_requests"

    media_id: Mapped[UUID] = mapped_column(ForeignKey(Media.id, ondelete="CASCADE"))
    bucket: Mapped[str]
    short_key: Mapped[str]
    inference_key: Mapped[str]
    status: Mapped[Status] = mapped_column(words(Status), default=Status.ASKED)
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]

    __table_args__ = (Index("ix_preprocessing_requests_media_id_id", "media_id", "id"),)

    @property
    def short(self) -> Address:
        """Where the beginning of the recording is to lie."""
        return Address(self.bucket, self.short_key)

    @property
    def inference(self) -> Address:
        """Where that is to lie which engines listen to."""
        return Address(self.bucket, self.inference_key)
