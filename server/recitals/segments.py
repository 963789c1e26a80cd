"""The text segments of a recital on its time line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Protocol


class Segment(Protocol):
    """What is known of a text segment."""

    index: int
    end_ms: int
    text: str
    does_not_count: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time in which a text was read; what is not kept was read anew, or taken back at the end."""

    index: int
    start_ms: int
    end_ms: int
    text: str
    is_kept: bool


def stretches(segments: Sequence[Segment], discard_last: int) -> list[Stretch]:
    """Place segments, which come in the order of their indices, on the time line.

    Each begins where the one before it ends, whether that is kept or not; the first one at 0. One that is said to end
    before that has no length, so that stretches never overlap. Of the last `discard_last` none is kept.
    """
    first_discarded = len(segments) - discard_last
    times = pairwise(accumulate((segment.end_ms for segment in segments), max, initial=0))
    return [
        Stretch(
            segment.index,
            start_ms,
            end_ms,
            segment.text,
            is_kept=not segment.does_not_count and place < first_discarded,
        )
        for place, ((start_ms, end_ms), segment) in enumerate(zip(times, segments, strict=True))
    ]
