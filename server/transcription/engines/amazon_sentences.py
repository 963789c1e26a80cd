"""Spoken words, cut into segments of about a sentence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from server.transcription.engines.base import Segment, Word

PAUSE_MS = 1_500
"""A silence of this length ends a sentence that has no full stop."""
LONGEST_MS = 20_000
"""Longer sentences are cut."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word with the marks around it.

    Attributes:
        space: what parts it from the word before: nothing, in scripts that don't part words.
        ends_sentence: whether a final mark follows it.
    """

    start_ms: int
    end_ms: int
    text: str
    space: str
    confidence: float | None
    speaker: str | None
    ends_sentence: bool = False

    def followed_by(self, mark: str, *, is_final: bool) -> Self:
        """Add a mark behind the word."""
        return replace(self, text=self.text + mark, ends_sentence=self.ends_sentence or is_final)


def sentences(spoken: Iterable[Spoken]) -> Iterator[Segment]:
    """Cut words where a sentence ends, another speaker begins, a long pause is or the sentence grows too long.

    The words are in order and don't overlap.
    """
    held: list[Spoken] = []
    for word in spoken:
        if held and _is_apart(held, word):
            yield _segment(held)
            held = []
        held.append(word)
    if held:
        yield _segment(held)


def _is_apart(held: Sequence[Spoken], word: Spoken) -> bool:
    last = held[-1]
    return (
        last.ends_sentence
        or last.speaker != word.speaker
        or word.start_ms - last.end_ms >= PAUSE_MS
        or word.end_ms - held[0].start_ms > LONGEST_MS
    )


def _segment(held: Sequence[Spoken]) -> Segment:
    sure = [word.confidence for word in held if word.confidence is not None]
    return Segment(
        start_ms=held[0].start_ms,
        end_ms=held[-1].end_ms,
        text="".join(word.space + word.text for word in held).strip(),
        words=tuple(Word(word.start_ms, word.end_ms, word.text, word.confidence or 0.0) for word in held),
        confidence=round(sum(sure) / len(sure), 3) if sure else None,
        speaker=held[0].speaker,
    )
