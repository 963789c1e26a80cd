"""Segments as their rows have them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from server.transcription.engines.base import Segment, Word
from server.transcription.schemas import SegmentShown, WordShown

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredSegment:
    """A segment, with its words as JSON: of the thousands that there are, an edit reads those of a few.

    Those that an edit leaves alone stay the same object throughout.
    """

    start_ms: int
    end_ms: int
    text: str
    speaker: str | None
    confidence: float | None
    words: str

    @classmethod
    def of(cls, segment: Segment) -> Self:
        """Make one of what an engine or an editor says."""
        words = json.dumps([asdict(word) for word in segment.words], ensure_ascii=False)
        return cls(segment.start_ms, segment.end_ms, segment.text, segment.speaker, segment.confidence, words)

    @classmethod
    def of_row(cls, row: Row) -> Self:
        """Read what `as_row` gave."""
        return cls(**row | {"words": json.dumps(row["words"], ensure_ascii=False)})

    def as_row(self) -> Row:
        """Write it down whole."""
        return asdict(self) | {"words": json.loads(self.words)}

    def equals(self, other: Self) -> bool:
        """Say whether another one is the same in all; JSON may be written in several ways."""
        return replace(self, words="") == replace(other, words="") and json.loads(self.words) == json.loads(other.words)

    def spoken(self) -> Segment:
        """Read its words."""
        words = tuple(Word(**word) for word in json.loads(self.words))
        return Segment(self.start_ms, self.end_ms, self.text, words, self.confidence, self.speaker)


def shown(segments: Sequence[StoredSegment], first: int = 0) -> list[SegmentShown]:
    """Show segments, the first of which has the index `first`."""
    return [show_one(index, segment) for index, segment in enumerate(segments, first)]


def show_one(index: int, segment: StoredSegment) -> SegmentShown:
    """Show a segment."""
    return SegmentShown(
        index=index,
        start_ms=segment.start_ms,
        end_ms=segment.end_ms,
        text=segment.text,
        speaker=segment.speaker,
        confidence=segment.confidence,
    )


def words_shown(segments: Iterable[StoredSegment], first: int = 0) -> list[WordShown]:
    """Show the words of those segments."""
    return [
        WordShown(segment=index, **word)
        for index, segment in enumerate(segments, first)
        for word in json.loads(segment.words)
    ]
