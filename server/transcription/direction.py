"""The direction in which text is read."""

import unicodedata
from enum import StrEnum


class Direction(StrEnum):
    """Left to right or right to left; the value is the invisible mark of that direction."""

    LTR = "\N{LEFT-TO-RIGHT MARK}"
    RTL = "\N{RIGHT-TO-LEFT MARK}"


_STRONG = {"L": Direction.LTR, "R": Direction.RTL, "AL": Direction.RTL}


def direction_of(text: str) -> Direction:
    """Return the direction in which plain text is shown: that of its first strong character, else left to right.

    The rule: https://www.unicode.org/reports/tr9/#P2
    """
    if text.isascii():
        return Direction.LTR
    letters = (_STRONG.get(unicodedata.bidirectional(letter)) for letter in text)
    return next(filter(None, letters), Direction.LTR)


def directed(line: str, direction: Direction) -> str:
    """Have a line shown in a direction, by a mark where it would be shown in the other one."""
    return line if direction_of(line) is direction else direction + line


def may_need_mark(text: str, direction: Direction) -> bool:
    """Say whether a text of one direction has words that a line would be shown in the other by."""
    return any(direction_of(word) is not direction for word in text.split())
