"""Which of the words that an engine heard belong to which stretch of a recital."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise

from server.recitals.fidelity import wrong_characters
from server.recitals.wording import words_of
from server.transcription.engines.base import Segment

SLACK_MS = 600
"""How far from the truth an engine may place a word beside a pause."""


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A spoken word as `words_of` gives it (mostly one, or none), by the middle of its time."""

    middle_ms: float
    words: tuple[str, ...]


def heard_words(segments: Iterable[Segment], language: str) -> list[HeardWord]:
    """List what an engine heard, in the order of time; where it told no times of words, they are spread evenly."""
    found = [
        HeardWord(middle_ms, tuple(words_of(text, language)))
        for segment in segments
        for middle_ms, text in _placed(segment)
    ]
    return sorted(found, key=lambda word: word.middle_ms)


def share_out(heard: Sequence[HeardWord], ends_ms: Sequence[int], prompts: Sequence[Sequence[str]]) -> list[list[str]]:
    """Give each stretch of a recital the words whose middle lies in it.

    Engines place the words beside a pause roughly: one that lies within `SLACK_MS` of the border between two stretches
    goes to the side where both are nearest to their prompts.

    Args:
        heard: what was heard, in the order of time.
        ends_ms: where each stretch ends, and the next one begins.
        prompts: what was to be read in each, as `words_of` gives it.
    """
    middles = [word.middle_ms for word in heard]
    cuts = [0, *accumulate((bisect_left(middles, end_ms) for end_ms in ends_ms), max)]
    for border, (end_ms, *neighbours) in enumerate(zip(ends_ms, prompts, prompts[1:], strict=False), 1):
        start, told, end = cuts[border - 1 : border + 2]
        first = max(start, bisect_left(middles, end_ms - SLACK_MS))
        last = min(end, bisect_right(middles, end_ms + SLACK_MS))
        if first < last:
            cost = partial(_cost, heard[start:end], neighbours, told - start)
            cuts[border] = start + min(range(first - start, last - start + 1), key=cost)
    return [_joined(heard[start:end]) for start, end in pairwise(cuts)]


def _cost(words: Sequence[HeardWord], prompts: Sequence[Sequence[str]], told: int, cut: int) -> tuple[int, int]:
    """Weigh a cut between two prompts: by the characters that are wrong then, and by how far it is from where told."""
    shares = _joined(words[:cut]), _joined(words[cut:])
    return sum(map(wrong_characters, prompts, shares)), abs(cut - told)


def _joined(words: Iterable[HeardWord]) -> list[str]:
    return [word for heard in words for word in heard.words]


def _placed(segment: Segment) -> Iterator[tuple[float, str]]:
    if segment.words:
        yield from (((word.start_ms + word.end_ms) / 2, word.text) for word in segment.words)
        return
    parts = segment.text.split()
    for position, text in enumerate(parts):
        yield segment.start_ms + (position + 0.5) * (segment.end_ms - segment.start_ms) / len(parts), text
