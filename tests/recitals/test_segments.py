"""Text segments on the time line."""

import pytest

from server.recitals.models import TextSegment
from server.recitals.segments import stretches


@pytest.mark.parametrize(
    ("ends_ms", "times"),
    [
        ((), []),
        ((2000, 2000, 3000), [(0, 2000), (2000, 2000), (2000, 3000)]),
        ((5000, 3000, 4000, 6000), [(0, 5000), (5000, 5000), (5000, 5000), (5000, 6000)]),
    ],
)
def test_stretches_follow_each_other(ends_ms: tuple[int, ...], times: list[tuple[int, int]]) -> None:
    """They neither overlap nor run backwards, whatever ends a client has named."""
    segments = [TextSegment(index=index, end_ms=end_ms, text="A") for index, end_ms in enumerate(ends_ms)]
    assert [(stretch.start_ms, stretch.end_ms) for stretch in stretches(segments, 0)] == times


@pytest.mark.parametrize(("discard_last", "kept"), [(0, [0, 2, 3]), (1, [0, 2]), (3, [0]), (9, [])])
def test_what_was_taken_back_is_not_kept(discard_last: int, kept: list[int]) -> None:
    """The last ones are counted with those that don't count, and may be more than there are."""
    segments = [TextSegment(index=index, end_ms=index, text="A", does_not_count=index == 1) for index in range(4)]
    assert [stretch.index for stretch in stretches(segments, discard_last) if stretch.is_kept] == kept
