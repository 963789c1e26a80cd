"""The rows of transcripts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified
from server.media.models import Media
from server.media.wishes import SpeechWish
from server.users.models import User

IS_OPEN = text("finished_at IS NULL AND error_code IS NULL")
HAS_JOB = text("job IS NOT NULL AND finished_at IS NULL AND error_code IS NULL")
"""Literal, because Postgres matches a condition to its partial index by the text."""


class Transcript(Identified, Base):
    """What one engine heard in one media item: open, then finished or failed.

    `asked_language` and `wish` (a `SpeechWish`) are what was asked for, `language` is what was heard. `job` names the
    Amazon Transcribe job, from when it is to be started until its result is here. `version` counts its corrections.
    """

    __tablename__ = "transcripts"

    media_id: Mapped[UUID] = mapped_column(ForeignKey(Media.id, ondelete="CASCADE"))
    engine: Mapped[str]
    model: Mapped[str]
    asked_language: Mapped[str | None]
    wish: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    language: Mapped[str | None]
    job: Mapped[str | None]
    started_at: Mapped[datetime | None]
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]
    text: Mapped[str] = mapped_column(default="")
    finished_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (
        Index("ix_transcripts_media_id_id", "media_id", "id"),
        Index("uq_transcripts_open_media_id", "media_id", unique=True, postgresql_where=IS_OPEN),
        Index("ix_transcripts_open_job", "job", postgresql_where=HAS_JOB),
    )

    @property
    def speech_wish(self) -> SpeechWish:
        """What was asked for."""
        return SpeechWish.model_validate(self.wish)

    def fail(self, code: str, message: str) -> None:
        """Close it with a reason that a person can act on."""
        self.error_code, self.error_message = code, message


class TranscriptSegment(Base):
    """A stretch of speech; `words` is a list of `{start_ms, end_ms, text, confidence}`."""

    __tablename__ = "transcript_segments"

    transcript_id: Mapped[UUID] = mapped_column(ForeignKey(Transcript.id, ondelete="CASCADE"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    start_ms: Mapped[int] = mapped_column(BigInteger)
    end_ms: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str]
    speaker: Mapped[str | None]
    confidence: Mapped[float | None]
    words: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class TranscriptEdit(Identified, Base):
    """What made version `number` of a transcript of the one before it; version 0 is the engine's.

    `patches` is a list of `{first, removed, inserted}`, the segments whole on both sides, so that they can be undone as
    well as done; see `corrections/patches.py`. `changed`, `added` and `removed` count segments. An author that has left
    is nobody.
    """

    __tablename__ = "transcript_edits"

    transcript_id: Mapped[UUID] = mapped_column(ForeignKey(Transcript.id, ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"), index=True)
    restored_from: Mapped[int | None]
    changed: Mapped[int] = mapped_column(server_default="0")
    added: Mapped[int] = mapped_column(server_default="0")
    removed: Mapped[int] = mapped_column(server_default="0")
    patches: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)

    __table_args__ = (UniqueConstraint("transcript_id", "number"),)
