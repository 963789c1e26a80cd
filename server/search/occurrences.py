"""Where in a text the terms of a question are."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from server.search.questions import Term
from server.search.stems import Stemmed

Places = Mapping[str, Iterable[int]]
"""The places of lexemes, as the numbers of words."""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """Words of a text, from `start` to before `end`, that are the term of that number."""

    start: int
    end: int
    term: int


def occurrences(places: Places, terms: Sequence[Term], stemmed: Stemmed) -> list[Occurrence]:
    """Find the terms where their words follow one another, in the order of the text.

    Args:
        places: of each lexeme that is in the terms; others may be missing.
        terms: what is looked for.
        stemmed: the stems of their words, in the language of the text.
    """
    found = []
    for number, term in enumerate(terms):
        steps = [{place for lexeme in stemmed.lexemes(word) for place in places.get(lexeme, ())} for word in term.words]
        begins = set.intersection(*({place - step for place in at} for step, at in enumerate(steps)))
        found += [Occurrence(place, place + len(steps), number) for place in begins]
    return sorted(found)


def place(words: Iterable[str], said: Stemmed, wanted: Collection[str]) -> dict[str, list[int]]:
    """Find the places of wanted lexemes among the words of a text; `said` knows all of those."""
    places: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        for lexeme in said.lexemes(word):
            if lexeme in wanted:
                places.setdefault(lexeme, []).append(number)
    return places


def lexemes_of(terms: Iterable[Term], stemmed: Stemmed) -> set[str]:
    """Return all that stands for the words of some terms."""
    return {lexeme for term in terms for word in term.words for lexeme in stemmed.lexemes(word)}


def by_segment(found: Iterable[Occurrence], starts: Sequence[int]) -> Iterator[tuple[int, int, list[Occurrence]]]:
    """Tell in which segments occurrences begin, how far those reach, and where they are in the segment.

    Args:
        found: what was found, in the order of the text.
        starts: the number of each segment's first word.

    Yields:
        The segment in which some begin, the last into which one of them reaches, and those, with their words counted
        from the segment's first one.
    """
    for first, same in groupby(found, lambda occurrence: bisect_right(starts, occurrence.start) - 1):
        at = starts[first]
        marks = [Occurrence(o.start - at, o.end - at, o.term) for o in same]
        last = bisect_right(starts, at + max(mark.end for mark in marks) - 1) - 1
        yield first, last, marks
