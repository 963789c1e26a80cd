"""What is searched for, as people write it for web searches."""

import re
from dataclasses import dataclass
from typing import Self

from server.search.wording import words_of

MOST_CHARACTERS = 200
"""Of what is searched for; so no phrase has more words than that."""

_STRAIGHT = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'))
_GERSHAYIM = re.compile(r'(?<=[\u05d0-\u05ea])["\u201d](?=[\u05d0-\u05ea])')
_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_OR = "or"


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several that follow one another."""

    words: tuple[str, ...]
    is_excluded: bool = False

    @property
    def is_phrase(self) -> bool:
        """Whether it is more than a word."""
        return len(self.words) > 1


Alternative = tuple[Term, ...]
"""Terms all of which are wanted, or not to be there."""


@dataclass(frozen=True, slots=True)
class Question:
    """Alternatives of which one has to be true; each wants at least one term. None: nothing is found."""

    alternatives: tuple[Alternative, ...]

    @classmethod
    def read(cls, written: str) -> Self:
        """Read `all of these`, `"one after the other"`, `this or that`, and `-without`.

        What is written without blanks and is several words, as `e-mail` or Chinese, is one after the other as well.
        Nothing is an error; an alternative that only says what is not to be there finds nothing.
        """
        alternatives: list[list[Term]] = [[]]
        for match in _TERM.finditer(_GERSHAYIM.sub("\u05f4", written).translate(_STRAIGHT)):
            if match["word"] and match["word"].lower() == _OR and not match["minus"]:
                alternatives.append([])
            elif words := words_of(match["phrase"] or match["word"] or ""):
                alternatives[-1].append(Term(tuple(words), is_excluded=bool(match["minus"])))
        return cls(tuple(tuple(terms) for terms in alternatives if not all(term.is_excluded for term in terms)))

    @property
    def wanted(self) -> list[Term]:
        """Every term that is not excluded, each once."""
        return list(dict.fromkeys(t for terms in self.alternatives for t in terms if not t.is_excluded))

    @property
    def words(self) -> list[str]:
        """All words that are in it, each once."""
        return list(dict.fromkeys(word for terms in self.alternatives for term in terms for word in term.words))
