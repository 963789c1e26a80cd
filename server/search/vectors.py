"""Texts as vectors of lexemes with their places.

A word's lexemes are itself and, behind its language and a slash, its stem: both at the word's place. So stems of one
language are never mistaken for another's, and what is excluded is excluded in each by its own rules. `en/`, without a
place, says that a text is English: there, a word that says nothing by itself needn't be in it.

Words of the title have the places from 1 on and the weight A, those of the text the places beyond `TEXT_AT`.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from server.search.questions import MOST_CHARACTERS
from server.search.stems import DICTIONARIES, Stemmed

TEXT_AT = 1_000
"""So far from the title that no phrase reaches from there into the text."""
MOST_TITLE_WORDS = TEXT_AT - 2 * MOST_CHARACTERS

STRETCH = 3_000
"""Words of a part. Postgres keeps 255 places of a lexeme, and the commonest word is hardly one in twelve."""
OVERLAP = MOST_CHARACTERS
"""Words by which a part reaches into the next: as many as a phrase may have."""

LAST_PLACE = 16_383
MOST_PLACES = 255
MOST_BYTES = 1_000_000
"""Limits of Postgres, the last a little lower:
https://www.postgresql.org/docs/current/textsearch-limitations.html. Of one item so many different words are found."""


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the index; see `SearchText`."""

    number: int
    first_segment: int
    starts: list[int] | None
    vector: str


def parts(title: Sequence[str], segments: Sequence[Sequence[str]], stemmed: Stemmed) -> Iterator[Part]:
    """Make the rows of an item of its words; `stemmed` knows all of them."""
    text = list(chain.from_iterable(segments))
    starts = [0, *accumulate(map(len, segments))][: len(segments)]
    is_short = len(text) <= STRETCH
    yield Part(0, 0, starts if is_short else None, _vector(title, text, stemmed))
    if is_short:
        return
    for number, begin in enumerate(range(0, len(text), STRETCH), 1):
        end = begin + STRETCH + OVERLAP
        # The last segment that begins here or earlier: those without words before it have nothing to find.
        first, last = bisect_right(starts, begin) - 1, bisect_right(starts, end - 1)
        within = [start - begin for start in starts[first:last]]
        yield Part(number, first, within, _vector(title if number == 1 else (), text[begin:end], stemmed))


def _vector(title: Sequence[str], text: Sequence[str], stemmed: Stemmed) -> str:
    """Write a vector as Postgres reads it; lexemes have nothing in them that would need to be escaped."""
    places: dict[str, list[str]] = {}
    size = 0
    titled = ((word, f"{place}A") for place, word in enumerate(title[:MOST_TITLE_WORDS], 1))
    said = ((word, str(min(place, LAST_PLACE))) for place, word in enumerate(text, TEXT_AT + 1))
    for word, place in chain(titled, said):
        for lexeme in stemmed.lexemes(word):
            known = places.get(lexeme, ())
            cost = 2 if known else 8 + len(lexeme.encode())
            if size + cost <= MOST_BYTES and len(known) < MOST_PLACES and place not in known[-1:]:
                places.setdefault(lexeme, []).append(place)
                size += cost
    written = [f"'{lexeme}':{','.join(known)}" for lexeme, known in places.items()]
    return " ".join(written + ([f"'{stemmed.language}/'"] if stemmed.language in DICTIONARIES else []))
