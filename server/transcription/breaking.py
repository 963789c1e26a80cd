"""Where text is broken: into what is shown at once, and into lines."""

from collections.abc import Sequence
from itertools import accumulate

from server.transcription.timed_words import TimedWord

LINES = 2
FASTEST = 17
"""Characters a second."""
SHORTEST_MS = 800

_SENTENCE_ENDS = tuple(".?!…。．？！؟۔।։׃")  # noqa: RUF001 - marks of many scripts
_CLAUSE_ENDS = tuple(",;:—–،؛，、；：")  # noqa: RUF001 - the same
_CLOSING = "\"'”’»›)]}」』）"  # noqa: RUF001 - the same

_POOR = 1_000.0
"""Before all else as little as can be is gone too soon."""
_EACH = 1.0
_IN_CLAUSE = 2.0
_AFTER_CLAUSE = 0.2
_IN_CLAUSE_LINE = 20
"""How much longer one line may be than the other, for the first to end where a clause does."""


def joined(words: Sequence[TimedWord]) -> str:
    """Return what words say."""
    return "".join(word.space + word.text for word in words).lstrip(" ")


def faults(length: int, duration_ms: int) -> int:
    """Count why so many characters can't be read in their time: too many a second, gone at once."""
    return (length * 1000 > FASTEST * duration_ms) + (duration_ms < SHORTEST_MS)


def in_lines(words: Sequence[TimedWord], width: int) -> tuple[str, ...]:
    """Break words into one line or two of about the same length; nothing where they don't fit into two.

    The first line ends where a sentence or clause does, if that leaves the lines similar. Of two that differ, the
    second is the longer one.
    """
    whole = joined(words)
    if len(whole) <= width:
        return (whole,)
    if len(whole) > LINES * width + 1:
        return ()
    choices = [
        (abs(len(first) - len(second)) + _IN_CLAUSE_LINE * (_break_cost(words[at - 1]) >= _IN_CLAUSE), (first, second))
        for at in range(1, len(words))
        if max(map(len, (first := joined(words[:at]), second := joined(words[at:])))) <= width
    ]
    return min(choices, default=(0, ()), key=lambda choice: choice[0])[1]


def divide(words: Sequence[TimedWord], width: int) -> list[Sequence[TimedWord]]:
    """Part words into what fits into two lines each, in the best of all ways.

    That is: as little as the speech allows is too fast or too short; then in few parts, which end where sentences and
    clauses do; then in similar ones. No word is wider than a line.
    """
    ends = list(accumulate((len(word.space + word.text) for word in words), initial=0))
    costs = [*(_break_cost(word) for word in words[:-1]), 0.0]
    best = [(0.0, 0)]
    for end, first in enumerate(_firsts(words, ends, width), 1):
        ways = []
        for start in range(first, end):
            length = ends[end] - ends[start] - len(words[start].space)
            poor = faults(length, words[end - 1].end_ms - words[start].start_ms)
            emptiness = 1 - length / (LINES * width + 1)
            ways.append((best[start][0] + poor * _POOR + emptiness**2, start))
        cost, start = min(ways)
        best.append((cost + _EACH + costs[end - 1], start))
    return _retraced([start for _, start in best], words)


def _firsts(words: Sequence[TimedWord], ends: Sequence[int], width: int) -> list[int]:
    """Tell for each word which is the first that still fits into two lines with it as the last."""
    in_one, first = [0], 0
    for end in range(1, len(words) + 1):
        while ends[end] - ends[first] - len(words[first].space) > width:
            first += 1
        in_one.append(first)
    return [in_one[start] for start in in_one[1:]]


def _retraced(starts: Sequence[int], words: Sequence[TimedWord]) -> list[Sequence[TimedWord]]:
    parts, end = [], len(words)
    while end:
        parts.append(words[starts[end] : end])
        end = starts[end]
    return parts[::-1]


def _break_cost(word: TimedWord) -> float:
    text = word.text.rstrip(_CLOSING) or word.text
    if text.endswith(_SENTENCE_ENDS):
        return 0.0
    return _AFTER_CLAUSE if text.endswith(_CLAUSE_ENDS) else _IN_CLAUSE
