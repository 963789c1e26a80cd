"""Finding a text where it stands, and putting another in its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from server.corrections.scripts import LETTER, MARK, sort_of

WORDLY = {LETTER, MARK}
MIDDLES = frozenset("'\"_\u00b7\u2019\u2027\u05f3\u05f4\u200c\u200d")
"""What doesn't end a word between two letters: https://www.unicode.org/reports/tr29/#Word_Boundary_Rules"""


@dataclass(frozen=True, slots=True)
class Sought:
    """A text that is looked for, as it stands."""

    text: str
    folds_case: bool
    in_whole_words: bool

    @classmethod
    def of(cls, text: str, *, match_case: bool, whole_words: bool) -> Self:
        """Make one of what was wished for."""
        return cls(text if match_case else text.casefold(), not match_case, whole_words)

    def is_in(self, text: str) -> bool:
        """Say quickly whether a text has it at all, be it within words."""
        return self.text in (text.casefold() if self.folds_case else text)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Find where it stands in a text, without overlaps."""
        searched, places = _folded(text) if self.folds_case else (text, list(range(len(text) + 1)))
        at = searched.find(self.text)
        while at >= 0:
            start, end, step = places[at], places[at + len(self.text)], 1
            # Half of a letter that is two when folded, such as the sharp s, is not the letter.
            if start is not None and end is not None and self._fits(text, start, end):
                yield start, end
                step = len(self.text)
            at = searched.find(self.text, at + step)

    def _fits(self, text: str, start: int, end: int) -> bool:
        return not self.in_whole_words or (_is_border(text, start) and _is_border(text, end))


def replaced(text: str, spans: list[tuple[int, int]], replacement: str) -> str:
    """Put a text in the place of others."""
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return replacement.join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _folded(text: str) -> tuple[str, list[int | None]]:
    """Fold the case of a text, and tell from where in it each character is; None within what became several."""
    folded: list[str] = []
    places: list[int | None] = []
    for at, char in enumerate(text):
        one = char.casefold()
        folded.append(one)
        places += [at, *[None] * (len(one) - 1)]
    return "".join(folded), [*places, len(text)]


def _is_border(text: str, at: int) -> bool:
    """Say whether a word begins or ends there."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if sort_of(after) == MARK:
        return False
    if before in MIDDLES:
        before = text[at - 2] if at > 1 else " "
    elif after in MIDDLES:
        after = text[at + 1] if at + 1 < len(text) else " "
    return not (sort_of(before) in WORDLY and sort_of(after) in WORDLY)
