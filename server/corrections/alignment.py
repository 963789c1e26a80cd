"""Giving the words of a corrected text their times: those that stay keep theirs, the others share what is between."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from server.corrections.scripts import CHARACTER, MARK, SIGN, sorts_of
from server.corrections.timing import with_words
from server.transcription.engines.base import Segment, Word
from server.transcription.timed_words import share, words_said

UNIT = re.compile("cm*|[lm]+|(?<![^ ])s+(?![^ ])")
"""What is compared, by the sorts of characters: a word without the punctuation about it, a character where words are
not parted, or signs that stand alone."""
MOST_COMPARED = 250_000
"""Pairs of units; where there are more, all between what both texts begin and end with counts as new."""
MOST_ALIKE = 2_500
"""Pairs of units that are the same, as a text that repeats itself has them: comparing takes about as long as there are
of those, times as long as the text is."""

Label = int | None
"""Which of the old words a character is of, if any."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of a text, and which of the old ones it is."""

    text: str
    label: Label


def realigned(segment: Segment, text: str) -> Segment:
    """Return a segment with another text, and with the words of that.

    A word is unchanged if its letters are: it keeps its times and its confidence, also when the punctuation about it is
    another. Words in the place of others share the time of those by their length; what was only added has the time
    between its neighbours, which may be none. What a person has written is sure: its confidence is 1.
    """
    pieces = list(_pieces(text, _labels(segment, text), segment.words))
    return with_words(replace(segment, text=text), list(_timed(pieces, segment)))


def _labels(segment: Segment, text: str) -> list[Label]:
    """Tell which word each character of a text is of; those of words that don't stay whole are of none."""
    heard = _heard(segment)
    old, new = _units(segment.text), _units(text)
    labels: list[Label] = [None] * len(text)
    for one, other in _matches([unit for _, unit in old], [unit for _, unit in new]):
        (start, unit), (at, _) = old[one], new[other]
        labels[at : at + len(unit)] = heard[start : start + len(unit)]
    lengths = Counter(label for start, unit in old for label in heard[start : start + len(unit)])
    whole = _whole([labels[place] for at, unit in new for place in range(at, at + len(unit))], lengths)
    return [label if label in whole else None for label in labels]


def _heard(segment: Segment) -> list[Label]:
    """Tell which word each character of a segment's own text is of."""
    places = {id(word): place for place, word in enumerate(segment.words)}
    said = iter(words_said(segment))
    return [None if char.isspace() else places.get(id(next(said))) for char in segment.text]


def _units(text: str) -> list[tuple[int, str]]:
    """Return the units of a text, and where they begin."""
    return [(found.start(), text[found.start() : found.end()]) for found in UNIT.finditer(sorts_of(text))]


def _matches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pair the units that stay, in order."""
    most = min(len(old), len(new))
    begun = next((at for at in range(most) if old[at] != new[at]), most)
    ended = next((at for at in range(most - begun) if old[-1 - at] != new[-1 - at]), most - begun)
    yield from zip(range(begun), range(begun), strict=True)
    old_rest, new_rest = old[begun : len(old) - ended], new[begun : len(new) - ended]
    if _is_comparable(old_rest, new_rest):
        for block in SequenceMatcher(None, old_rest, new_rest).get_matching_blocks():
            yield from ((begun + block.a + step, begun + block.b + step) for step in range(block.size))
    yield from zip(range(len(old) - ended, len(old)), range(len(new) - ended, len(new)), strict=True)


def _is_comparable(old: Sequence[str], new: Sequence[str]) -> bool:
    counts = Counter(old)
    return len(old) * len(new) <= MOST_COMPARED and sum(counts[unit] for unit in new) <= MOST_ALIKE


def _whole(labels: Iterable[Label], lengths: Counter[Label]) -> set[Label]:
    """Tell which words are there with all their letters, and nothing among them."""
    runs = [(label, sum(1 for _ in run)) for label, run in groupby(labels)]
    return {label for label, length in runs if label is not None and length == lengths[label]}


def _pieces(text: str, labels: Sequence[Label], words: Sequence[Word]) -> Iterator[_Piece]:
    """Cut a text into words: at spaces, about words that have stayed, and between characters that are words."""
    sorts = sorts_of(text)
    heard = {at for unit in UNIT.finditer(sorts) for at in range(*unit.span())}
    for run in re.finditer(r"\S+", text):
        places = [at for at in range(*run.span()) if at in heard]
        firsts = [
            at
            for last, at in pairwise(places)
            if labels[last] != labels[at] or (labels[at] is None and _is_parted(sorts[last : at + 1]))
        ]
        cuts = [at - _leading_signs(text[:at], labels[at], words) for at in firsts]
        starts, ends = [run.start(), *cuts], [*cuts, run.end()]
        for place, start, end in zip([places[0], *firsts], starts, ends, strict=True):
            yield _Piece(text[start:end], labels[place])


def _leading_signs(before: str, label: Label, words: Sequence[Word]) -> int:
    """Count the signs before a word that have been the beginning of it; others go with the word before them."""
    if label is None:
        return 0
    said = words[label].text
    length = len(said) - len(sorts_of(said).lstrip(SIGN))
    return length if before.endswith(said[:length]) else 0


def _is_parted(sorts: str) -> bool:
    """Say whether a word ends between two characters, by the sorts of these and of what is between them."""
    return sorts[-1] != MARK and CHARACTER in {sorts[0], sorts[-1]}


def _timed(pieces: Iterable[_Piece], segment: Segment) -> Iterator[Word]:
    groups = [(label, [piece.text for piece in run]) for label, run in groupby(pieces, lambda piece: piece.label)]
    bounds = [-1, *(label for label, _ in groups if label is not None), len(segment.words)]
    kept = 0
    for label, texts in groups:
        if label is not None:
            kept += 1
            yield replace(segment.words[label], text=" ".join(texts))
        else:
            spans = share(*_between(segment, *bounds[kept : kept + 2]), texts)
            yield from (Word(start, end, said, 1.0) for said, (start, end) in zip(texts, spans, strict=True))


def _between(segment: Segment, before: int, after: int) -> tuple[int, int]:
    """Tell from when until when the words between two others were said, or could have been where there are none."""
    words = segment.words
    if replaced := words[before + 1 : after]:
        return replaced[0].start_ms, replaced[-1].end_ms
    start_ms = words[before].end_ms if before >= 0 else segment.start_ms
    end_ms = words[after].start_ms if after < len(words) else segment.end_ms
    return start_ms, max(start_ms, end_ms)
