"""Which characters words are made of, in whatever script."""

import re
import unicodedata
from functools import lru_cache

_UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u3190-\u31ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uff9f\U00020000-\U0003ffff]"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, Chinese and Japanese are written without spaces between words."""
_SEEN_AS_LETTERS = frozenset("LNM")

SPACE, MARK, LETTER, CHARACTER, SIGN = " mlcs"
"""Sorts of characters: space; a mark, which belongs to what is before it; a letter or digit of a script that parts
words; one of a script that doesn't; and what is not heard, such as punctuation."""


@lru_cache(maxsize=20_000)
def sort_of(char: str) -> str:
    """Say of which sort a character is."""
    category = unicodedata.category(char)[0]
    if char.isspace():
        return SPACE
    if category not in _SEEN_AS_LETTERS:
        return SIGN
    if category == "M":
        return MARK
    return CHARACTER if _UNSPACED.match(char) else LETTER


def sorts_of(text: str) -> str:
    """Say it of each character of a text, as a text of the same length."""
    return "".join(map(sort_of, text))


def joined(before: str, after: str) -> str:
    """Join two texts as their scripts do: by a space, or by nothing."""
    space = "" if _UNSPACED.match(before[-1]) and _UNSPACED.match(after[0]) else " "
    return f"{before}{space}{after}"
