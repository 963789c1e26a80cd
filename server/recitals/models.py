"""The rows of recitals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Text, false, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.aws.store import Address
from server.db.base import Base, Identified, words
from server.documents.models import Document
from server.media.models import Media
from server.recitals.state import TRANSITIONS, ForbiddenTransition, RecitalStatus
from server.users.models import User

IS_ACTIVE = text("status = 'active'")
"""Literal, as the index has it: those that may have been left without an end."""
IS_FLAGGED = text("cardinality(flags) > 0")
"""Literal, as the index has it: those that ask for a person's judgement."""


class Recital(Identified, Base):
    """A session in which a person reads a document aloud.

    `title` and `language` are the document's as they were. `last_sequence` is known once its end was asked for, and
    `discard_last` says how many of the last text segments don't count. `alive_at` is when its last slice or segment
    came. `gaps` is a list of `{"sequence"}` of slices that never came, or can't be read, and of `{"start_ms",
    "end_ms"}` of time without sound. `media_id` names the recording that was made of it. `quality` and `flags` are what
    was measured, and what of it asks for a person's judgement; `assessed_at` is when.
    """

    __tablename__ = "recitals"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id))
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey(Document.id, ondelete="SET NULL"), index=True)
    title: Mapped[str]
    language: Mapped[str]
    status: Mapped[RecitalStatus] = mapped_column(words(RecitalStatus), default=RecitalStatus.ACTIVE)
    last_sequence: Mapped[int | None]
    discard_last: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    alive_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    ended_at: Mapped[datetime | None]
    gaps: Mapped[list[dict[str, int]]] = mapped_column(JSONB, server_default=text("'[]'"), default=list)
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]
    media_id: Mapped[UUID | None] = mapped_column(ForeignKey(Media.id, ondelete="SET NULL"), unique=True)
    duration_ms: Mapped[int | None] = mapped_column(BigInteger)
    quality: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    flags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"), default=list)
    assessed_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_recitals_owner_id_id", "owner_id", "id"),
        Index("ix_recitals_status_id", "status", "id"),
        Index("ix_recitals_active_alive_at", "alive_at", postgresql_where=IS_ACTIVE),
        Index("ix_recitals_flags", "flags", postgresql_using="gin"),
        Index("ix_recitals_flagged_id", "id", postgresql_where=IS_FLAGGED),
    )

    def become(self, status: RecitalStatus) -> None:
        """Change the status, by the table of transitions.

        Raises:
            ForbiddenTransition: the table has no such way.
        """
        if status is self.status:
            return
        if status not in TRANSITIONS[self.status]:
            raise ForbiddenTransition(self.status, status)
        self.status = status

    def discard(self, code: str, message: str) -> None:
        """Discard it with a reason that a person understands."""
        self.become(RecitalStatus.DISCARDED)
        self.error_code, self.error_message = code, message


class TextSegment(Base):
    """A stretch of a recital with the text that was read in it, from the end of the one before it to `end_ms`.

    One that `does_not_count` was read anew by the one after it. `quality` is what was measured of the stretch.
    """

    __tablename__ = "recital_text_segments"

    recital_id: Mapped[UUID] = mapped_column(ForeignKey(Recital.id, ondelete="CASCADE"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    end_ms: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str]
    does_not_count: Mapped[bool] = mapped_column(server_default=false(), default=False)
    quality: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class AudioSlice(Base):
    """One recorded slice of a recital's sound, as the browser's recorder gave it; `sha256` in hex, `size` in bytes."""

    __tablename__ = "recital_audio_segments"

    recital_id: Mapped[UUID] = mapped_column(ForeignKey(Recital.id, ondelete="CASCADE"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    content_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    bucket: Mapped[str]
    key: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (Index("ix_recital_audio_segments_key", "key"),)

    @property
    def address(self) -> Address:
        """Where the bytes lie until the recital is uploaded."""
        return Address(self.bucket, self.key)
