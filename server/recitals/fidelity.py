"""How far what was heard is from what was to be read."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from operator import add
from typing import Self

import jiwer


@dataclass(frozen=True, slots=True)
class Errors:
    """Differences between prompts and what was heard, and how long the prompts are.

    Characters are counted without spaces, so that a compound that was heard as two words is next to no error of them.
    """

    words: int = 0
    wrong_words: int = 0
    characters: int = 0
    wrong_characters: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(*map(add, astuple(self), astuple(other)))

    @property
    def word_rate(self) -> float | None:
        """Words inserted, left out or exchanged, by those of the prompts; None where there are none to read."""
        return self.wrong_words / self.words if self.words else None

    @property
    def character_rate(self) -> float | None:
        """The same of characters."""
        return self.wrong_characters / self.characters if self.characters else None


def compare(prompt: Sequence[str], heard: Sequence[str]) -> Errors:
    """Count the least differences between two texts, by their words as `words_of` gives them."""
    found = jiwer.process_words(" ".join(prompt), " ".join(heard))
    wrong = found.substitutions + found.deletions + found.insertions
    return Errors(len(prompt), wrong, len("".join(prompt)), wrong_characters(prompt, heard))


def wrong_characters(prompt: Sequence[str], heard: Sequence[str]) -> int:
    """Count the least differences between two texts in characters, without spaces."""
    found = jiwer.process_characters("".join(prompt), "".join(heard))
    return found.substitutions + found.deletions + found.insertions
