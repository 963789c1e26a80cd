"""Hits as people see them: when it was said, and what was said around it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from server.search.occurrences import Occurrence
from server.search.wording import Spoken, spoken, words_of
from server.transcription.models import TranscriptSegment

Segment = Row[*tuple[Any, ...]]

LEAD = 60
"""Characters that are shown before the first hit, at most."""
MOST = 240
"""Characters that are shown in all, at least to the end of the first hit."""
MOST_SEGMENTS = 20
"""Through which one phrase is followed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text that is a hit, or not."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A segment with what was searched for: from when to when that was said."""

    segment: int
    start_ms: int
    end_ms: int
    snippet: list[Piece]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where hits are: words, counted from the first segment's first one, in the segments from `first` to `last`."""

    transcript_id: UUID
    first: int
    last: int
    marks: Sequence[Occurrence]

    def joined(self, other: "Passage | None") -> "Passage":
        """Return it together with another one of the same first segment."""
        if other is None:
            return self
        return replace(self, last=max(self.last, other.last), marks=sorted([*self.marks, *other.marks]))


async def show(session: AsyncSession, passages: Sequence[Passage]) -> dict[tuple[UUID, int], Hit]:
    """Show passages, by their transcripts and first segments; those are left out that are changed by now."""
    wanted = [(p.transcript_id, index) for p in passages for index in _segments(p)]
    found: dict[tuple[UUID, int], Segment] = {}
    if wanted:
        table = TranscriptSegment.__table__.c
        key = tuple_(table.transcript_id, table.index)
        rows = await session.execute(
            select(
                table.transcript_id, table.index.label("number"), table.start_ms, table.end_ms, table.text, table.words
            ).where(key.in_(wanted))
        )
        found = {(row.transcript_id, row.number): row for row in rows}
    return dict(_shown(passages, found))


def mark(text: str, marks: Iterable[Occurrence]) -> list[Piece]:
    """Divide a text, such as a title, into hits and what is between them."""
    words = list(spoken(text))
    return list(_divide(text, 0, len(text), _ranges(words, marks)))


def _segments(passage: Passage) -> range:
    return range(passage.first, min(passage.last, passage.first + MOST_SEGMENTS) + 1)


def _shown(
    passages: Iterable[Passage], found: Mapping[tuple[UUID, int], Segment]
) -> Iterator[tuple[tuple[UUID, int], Hit]]:
    for passage in passages:
        keys = [(passage.transcript_id, index) for index in _segments(passage)]
        segments = [found[key] for key in keys if key in found]
        if segments and (hit := _hit(segments, passage.marks)) is not None:
            yield keys[0], hit


def _hit(segments: Sequence[Segment], marks: Sequence[Occurrence]) -> Hit | None:
    times = [time for segment in segments for time in _times(segment)]
    marks = [mark for mark in marks if mark.end <= len(times)]
    if not marks:
        return None
    return Hit(
        segment=segments[0].number,
        start_ms=times[marks[0].start][0],
        end_ms=times[max(mark.end for mark in marks) - 1][1],
        snippet=_snippet(" ".join(segment.text for segment in segments), marks),
    )


def _times(segment: Segment) -> list[tuple[int, int]]:
    """Tell when each word of a segment was said; where its timed words aren't those of its text, by its length."""
    said = list(spoken(segment.text))
    timed = [(word["start_ms"], word["end_ms"]) for word in segment.words for _ in words_of(word["text"])]
    if len(timed) == len(said):
        return timed
    rate = (segment.end_ms - segment.start_ms) / len(segment.text) if said else 0
    return [(segment.start_ms + int(word.start * rate), segment.start_ms + int(word.end * rate)) for word in said]


def _snippet(text: str, marks: Sequence[Occurrence]) -> list[Piece]:
    words = list(spoken(text))
    ranges = _ranges(words, marks)
    begin = next(word.start for word in words if word.start >= ranges[0][0] - LEAD)
    most = max(begin + MOST, ranges[0][1])
    end = len(text) if len(text) <= most else max(word.end for word in words if word.end <= most)
    begin = 0 if begin == words[0].start else begin
    pieces = list(_divide(text, begin, end, ranges))
    before = [Piece("…", is_hit=False)] if begin else []
    return before + pieces + ([Piece("…", is_hit=False)] if end < len(text) else [])


def _ranges(words: Sequence[Spoken], marks: Iterable[Occurrence]) -> list[tuple[int, int]]:
    """Return the characters that are hits; those that overlap are one."""
    ranges: list[tuple[int, int]] = []
    for mark in sorted(marks):
        start, end = words[mark.start].start, words[mark.end - 1].end
        if ranges and start < ranges[-1][1]:
            ranges[-1] = ranges[-1][0], max(end, ranges[-1][1])
        else:
            ranges.append((start, end))
    return ranges


def _divide(text: str, begin: int, end: int, ranges: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    at = begin
    for start, stop in ranges:
        if stop > end:
            break
        if start > at:
            yield Piece(text[at:start], is_hit=False)
        yield Piece(text[start:stop], is_hit=True)
        at = stop
    if at < end:
        yield Piece(text[at:end], is_hit=False)
