"""Transcripts as they go over the wire."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from sqlalchemy import Row  # not at run time: clients read these schemas too, without a database


class SegmentShown(BaseModel):
    """A stretch of speech."""

    index: int
    start_ms: int
    end_ms: int
    text: str
    speaker: str | None
    confidence: float | None


class WordShown(BaseModel):
    """A word and when it was spoken."""

    segment: int = Field(description="The index of its segment.")
    start_ms: int
    end_ms: int
    text: str
    confidence: float


def segments_shown(rows: "Iterable[Row[Any]]") -> list[SegmentShown]:
    """Show the segments that `TranscriptRepository.segments` gives."""
    return [SegmentShown.model_validate(row, from_attributes=True) for row in rows]


def words_shown(rows: "Iterable[Row[Any]]") -> list[WordShown]:
    """Show the words of those segments."""
    return [WordShown(segment=row.index, **word) for row in rows for word in row.words]
