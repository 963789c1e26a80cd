"""The rows of transcripts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified
from server.media.models import Media


class Transcript(Identified, Base):
    """What one engine heard in one media item; unfinished while `finished_at` is empty."""

    __tablename__ = "transcripts"

    media_id: Mapped[UUID] = mapped_column(ForeignKey(Media.id, ondelete="CASCADE"))
    engine: Mapped[str]
    model: Mapped[str]
    language: Mapped[str | None]
    text: Mapped[str] = mapped_column(default="")
    finished_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_transcripts_media_id_id", "media_id", "id"),)


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
