"""The times of segments and of the words in them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from server.transcription.engines.base import Segment, Word
from server.transcription.timed_words import share


def with_words(segment: Segment, words: Sequence[Word]) -> Segment:
    """Return a segment with other words, and as sure as these are."""
    confidence = round(sum(word.confidence for word in words) / len(words), 3) if words else segment.confidence
    return replace(segment, words=tuple(words), confidence=confidence)


def retimed(segment: Segment, start_ms: int, end_ms: int) -> Segment:
    """Return a segment with other times; its words are kept within them.

    Where it is moved so far that nothing of it stays where it was, they share the new time by their length.
    """
    if start_ms < segment.end_ms and segment.start_ms < end_ms:
        words = within(segment.words, start_ms, end_ms)
    else:
        spans = share(start_ms, end_ms, [word.text for word in segment.words])
        words = [
            replace(word, start_ms=start, end_ms=end) for word, (start, end) in zip(segment.words, spans, strict=True)
        ]
    return replace(segment, start_ms=start_ms, end_ms=end_ms, words=tuple(words))


def within(words: Iterable[Word], start_ms: int, end_ms: int) -> list[Word]:
    """Keep words within a time."""

    def clamp(at_ms: int) -> int:
        return min(max(at_ms, start_ms), end_ms)

    return [replace(word, start_ms=clamp(word.start_ms), end_ms=clamp(word.end_ms)) for word in words]
