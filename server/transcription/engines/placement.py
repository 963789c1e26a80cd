"""What Whisper heard in one window, placed on the clock of the whole recording."""

from collections.abc import Iterable
from typing import Protocol

from server.transcription.engines.base import Segment, Word
from server.transcription.engines.windows import Window


class RawWord(Protocol):
    """A word as faster-whisper gives it: seconds of the window, the text with the space before it."""

    start: float
    end: float
    word: str
    probability: float


class RawSegment(Protocol):
    """A segment as faster-whisper gives it: seconds of the window."""

    start: float
    end: float
    text: str
    words: list[RawWord] | None


def place(raw: RawSegment, window: Window, not_before_ms: int) -> Segment:
    """Place one segment.

    Alignment is an estimate: neighbouring words may overlap, or reach a little beyond the window. Order wins: nothing
    begins before the previous word's end, `not_before_ms` for the first, and nothing ends after the window.
    """
    words = tuple(_in_order(raw.words or (), window, not_before_ms))
    start_ms, end_ms = _span(raw.start, raw.end, window, not_before_ms)
    return Segment(
        start_ms=words[0].start_ms if words else start_ms,
        end_ms=words[-1].end_ms if words else end_ms,
        text=raw.text.strip(),
        words=words,
        confidence=round(sum(word.confidence for word in words) / len(words), 3) if words else None,
    )


def _in_order(words: Iterable[RawWord], window: Window, not_before_ms: int) -> Iterable[Word]:
    for word in words:
        if text := word.word.strip():
            start_ms, end_ms = _span(word.start, word.end, window, not_before_ms)
            yield Word(start_ms, end_ms, text, round(float(word.probability), 3))
            not_before_ms = end_ms


def _span(start: float, end: float, window: Window, not_before_ms: int) -> tuple[int, int]:
    def clamp(seconds: float, lowest: int) -> int:
        return min(max(window.start_ms + round(seconds * 1000), lowest), window.end_ms)

    start_ms = clamp(start, not_before_ms)
    return start_ms, clamp(end, start_ms)
