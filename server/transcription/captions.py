"""Transcripts as subtitles: what is shown at once, from when until when, in which lines.

A line has at most 42 characters, a caption two lines; it is read at 17 characters a second at most and stays for 0.8 s
at least where the speech allows it. Nothing is shown longer than it is spoken, so that all times are those of segments
and words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from server.transcription.breaking import SHORTEST_MS, divide, faults, in_lines, joined
from server.transcription.direction import Direction, directed, direction_of, may_need_mark
from server.transcription.engines.base import Segment
from server.transcription.timed_words import TimedWord, timed_words

WIDEST = 42
"""Characters of a line, with the mark of its direction."""
LONGEST_MS = 7_000
"""What is joined is not shown for longer."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What is shown at once; lines that would be shown in another direction than their text begin with a mark."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    speaker: str | None


def captions(segments: Iterable[Segment], *, named: bool) -> Iterator[Caption]:
    """Part segments that are too much to be shown at once, and join what is gone too soon with what is beside it.

    They are parted where sentences or clauses end, else between words. Only what one speaker says is joined.

    Args:
        segments: in order of their beginnings.
        named: whether the name of a speaker who isn't that of the segment before leads the text.
    """
    held: _Passage | None = None
    for passage in _passages(segments, named=named):
        both = held.joined_with(passage) if held else None
        if held and not both:
            yield held.caption()
        held = both or passage
    if held:
        yield held.caption()


@dataclass(frozen=True, slots=True)
class _Passage:
    """Words of one speaker that fit into two lines."""

    words: Sequence[TimedWord]
    direction: Direction
    speaker: str | None

    @property
    def start_ms(self) -> int:
        return min(word.start_ms for word in self.words)

    @property
    def end_ms(self) -> int:
        return max(word.end_ms for word in self.words)

    @property
    def duration_ms(self) -> int:
        return self.end_ms - self.start_ms

    @property
    def faults(self) -> int:
        return faults(len(joined(self.words)), self.duration_ms)

    def lines(self) -> tuple[str, ...]:
        """Break it into lines; nothing where they would be too many."""
        return in_lines(self.words, _width(joined(self.words), self.direction))

    def caption(self) -> Caption:
        """Say how it is shown."""
        lines = tuple(directed(line, self.direction) for line in self.lines())
        return Caption(self.start_ms, self.end_ms, lines, self.speaker)

    def joined_with(self, following: Self) -> Self | None:
        """Join two of which one is gone too soon, if that helps and they can be shown at once."""
        if self.speaker != following.speaker or not (self.faults or following.faults):
            return None
        larger = max(self, following, key=lambda passage: len(joined(passage.words)))
        both = replace(larger, words=[*self.words, *following.words])
        is_better = min(self.duration_ms, following.duration_ms) < SHORTEST_MS or not both.faults
        return both if is_better and both.duration_ms <= LONGEST_MS and both.lines() else None


def _passages(segments: Iterable[Segment], *, named: bool) -> Iterator[_Passage]:
    last: str | None = None
    for segment in segments:
        speaker = " ".join((segment.speaker or "").split()) or None
        lead = f"{speaker}: " if named and speaker and speaker != last else ""
        direction = direction_of(segment.text)
        width = _width(lead + segment.text, direction)
        if said := timed_words(segment, width):
            last = speaker
            words = [*timed_words(Segment(segment.start_ms, segment.start_ms, lead), width), *said]
            yield from (_Passage(part, direction, speaker) for part in divide(words, width))


def _width(text: str, direction: Direction) -> int:
    return WIDEST - may_need_mark(text, direction)
