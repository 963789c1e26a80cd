"""The words of a segment as they stand in its text, with the times at which they are said."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from server.transcription.engines.base import Segment, Word

# Spaces that forbid a break: https://www.unicode.org/reports/tr14/#GL
_UNBROKEN = re.compile(r"\S(?:[\S\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*\S)?")
_JOINER = "\N{ZERO WIDTH JOINER}"


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A part of a text that isn't broken further, with its punctuation.

    Attributes:
        space: what parts it from the one before: a space, or nothing within what has none.
    """

    text: str
    space: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    space: str
    span: tuple[int, int] | None
    """From when until when it is said; None where the text isn't what was heard."""


def timed_words(segment: Segment, longest: int) -> list[TimedWord]:
    """Part a segment's text wherever a line may end.

    Times are those of the segment's words; the first part begins with the segment and the last one ends with it. Where
    the text was changed, so that no word tells, the time between those around is shared out by length. What is longer
    than `longest` without a space is parted between its words, where scripts don't part them, and else anywhere.
    """
    said = iter(words_said(segment))
    parts = [
        part
        for run in _UNBROKEN.findall(segment.text)
        for part in _parts([(letter, None if letter.isspace() else next(said)) for letter in run], longest)
    ]
    timed = list(_timed(parts, segment))
    if timed:
        timed[0] = replace(timed[0], start_ms=segment.start_ms)
        timed[-1] = replace(timed[-1], end_ms=max(segment.end_ms, timed[-1].start_ms))
    return timed


def cut(text: str, longest: int) -> Iterator[str]:
    """Cut a text at so many characters, never before one that is written as part of the one before it."""
    while len(text) > longest:
        end = next((at for at in range(longest, 0, -1) if not _is_joined(text, at)), longest)
        yield text[:end]
        text = text[end:]
    yield text


def _is_joined(text: str, at: int) -> bool:
    return _JOINER in {text[at - 1], text[at]} or unicodedata.category(text[at])[0] == "M"


def words_said(segment: Segment) -> list[Word | None]:
    """Name the word that each character of the text, but for spaces, is of.

    An engine's text is that of its words. Of a text that was changed since, what stands before and behind the change
    still is.
    """
    text = "".join(segment.text.split())
    letters = [(letter, word) for word in segment.words for letter in "".join(word.text.split())]
    heard = "".join(letter for letter, _ in letters)
    before = _common(text, heard)
    behind = _common(text[before:][::-1], heard[before:][::-1])
    words = [word for _, word in letters]
    return [*words[:before], *[None] * (len(text) - before - behind), *words[len(words) - behind :]]


def _common(one: str, other: str) -> int:
    """Count the characters that two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _parts(letters: Sequence[tuple[str, Word | None]], longest: int) -> Iterator[_Part]:
    text = "".join(letter for letter, _ in letters)
    if len(text) <= longest:
        said = [word for _, word in letters if word is not None]
        yield _Part(text, " ", (said[0].start_ms, said[-1].end_ms) if said else None)
        return
    space = " "
    for _, run in groupby(letters, key=lambda letter: id(letter[1])):
        spoken = list(run)
        word = spoken[0][1]
        pieces = list(cut("".join(letter for letter, _ in spoken), longest))
        spans = share(word.start_ms, word.end_ms, pieces) if word else [None] * len(pieces)
        for piece, span in zip(pieces, spans, strict=True):
            yield _Part(piece, space, span)
            space = ""


def _timed(parts: Sequence[_Part], segment: Segment) -> Iterator[TimedWord]:
    """Give every part its time, in order, whatever the words say."""
    now = segment.start_ms
    known = [part.span[0] for part in parts if part.span]
    for is_known, run in groupby(parts, key=lambda part: part.span is not None):
        group = list(run)
        if is_known:
            spans = [part.span or (now, now) for part in group]
            del known[: len(group)]
        else:
            spans = share(now, max(now, known[0] if known else segment.end_ms), [part.text for part in group])
        for part, (start_ms, end_ms) in zip(group, spans, strict=True):
            begun = max(start_ms, now)
            now = max(end_ms, begun)
            yield TimedWord(part.text, part.space, begun, now)


def share(start_ms: int, end_ms: int, texts: Sequence[str]) -> list[tuple[int, int]]:
    """Share time out by length."""
    lengths = list(accumulate(map(len, texts), initial=0))
    return list(pairwise(start_ms + (end_ms - start_ms) * length // lengths[-1] for length in lengths))
