"""The words of a text as they are searched for, and where in the text each of them is."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST_WORD = 48
"""Characters that count; what is longer is no word."""
CACHED = 50_000

# Writing that does not part words: there, each letter is searched for as if it were one.
_WITHOUT_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
# Within a Hebrew word these are geresh and gershayim, or stand for them, and are often left out.
_QUOTES = "'\"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u05f3\u05f4"
# Points, cantillation and tashkeel, which readers know without them; and tatweel, which only stretches a line.
_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
_VAV, _YOD = "\N{HEBREW LETTER VAV}", "\N{HEBREW LETTER YOD}"
_LIGATURES = str.maketrans(
    {
        "\N{HEBREW LIGATURE YIDDISH DOUBLE VAV}": _VAV + _VAV,
        "\N{HEBREW LIGATURE YIDDISH VAV YOD}": _VAV + _YOD,
        "\N{HEBREW LIGATURE YIDDISH DOUBLE YOD}": _YOD + _YOD,
    }
)
# What the Turkish capital with a dot is when folded; its small letter is an i like any other.
_DOTTED_I = "i\N{COMBINING DOT ABOVE}"


class Spoken(NamedTuple):
    """A word as it is searched for, and the characters of the text that it is, from `start` to before `end`."""

    word: str
    start: int
    end: int


class _Shapes(dict[int, str]):
    """What each character is to a word, found out when it first comes.

    `l` belongs to one, `h` too and is Hebrew, `w` is one by itself, `q` may belong to a Hebrew one, blanks part them.
    """

    def __missing__(self, code: int) -> str:
        shape = self[code] = _shape(chr(code))
        return shape


def _shape(character: str) -> str:
    if character in _QUOTES:
        return "q"
    category = unicodedata.category(character)
    if category[0] not in "LMN" and category != "Cf":  # bidi marks, joiners and soft hyphens are not seen
        return " "
    name = unicodedata.name(character, "")
    if name.startswith("HEBREW"):
        return "h"
    return "w" if name.startswith(_WITHOUT_SPACES) else "l"


_SHAPES = _Shapes()
_WORD = re.compile(r"w|(?:l|h(?:q(?=h))?)+")


def spoken(text: str) -> Iterator[Spoken]:
    """Give the words of a text in their order.

    Case, punctuation, Hebrew and Arabic points and the like fall away; apostrophes and hyphens part words, but not
    the gershayim of Hebrew abbreviations. A word has letters, marks and digits alone.
    """
    for match in _WORD.finditer(text.translate(_SHAPES)):
        if word := _fold(text[match.start() : match.end()]):
            yield Spoken(word, *match.span())


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order, as `spoken` has them."""
    return [found.word for found in spoken(text)]


@lru_cache(CACHED)
def _fold(written: str) -> str:
    folded = _POINTS.sub("", unicodedata.normalize("NFKC", written).casefold()).translate(_LIGATURES)
    folded = folded.replace(_DOTTED_I, "i")
    return "".join(filter(_counts, unicodedata.normalize("NFKC", folded)))[:LONGEST_WORD]


def _counts(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"
