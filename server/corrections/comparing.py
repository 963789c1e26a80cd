"""Two versions side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from server.corrections.patches import Patch, difference
from server.corrections.schemas import Difference, DifferenceKind, Summary
from server.corrections.segments import StoredSegment, show_one

Pair = tuple[int | None, int | None]
"""The places of two segments that stand beside each other, or of one beside nothing."""


def counted(patches: Iterable[Patch]) -> Summary:
    """Count what patches change, add and take out."""
    kinds = Counter(_kind(patch, pair) for patch in patches for pair in _pairs(patch.removed, patch.inserted))
    return Summary(
        changed=kinds[DifferenceKind.CHANGED], added=kinds[DifferenceKind.ADDED], removed=kinds[DifferenceKind.REMOVED]
    )


def compared(
    before: Sequence[StoredSegment], after: Sequence[StoredSegment], *, with_same: bool
) -> Iterator[Difference]:
    """Compare versions in which what is in both is the same object, and in the same order."""
    at = shift = 0
    for patch in difference(before, after):
        first = patch.first - shift
        if with_same:
            yield from _same(before[at:first], at, shift)
        for removed, inserted in _pairs(patch.removed, patch.inserted):
            old = None if removed is None else show_one(first + removed, patch.removed[removed])
            new = None if inserted is None else show_one(patch.first + inserted, patch.inserted[inserted])
            kind = _kind(patch, (removed, inserted))
            if with_same or kind is not DifferenceKind.SAME:
                yield Difference(kind=kind, before=old, after=new)
        at, shift = first + len(patch.removed), shift + len(patch.inserted) - len(patch.removed)
    if with_same:
        yield from _same(before[at:], at, shift)


def _same(segments: Sequence[StoredSegment], first: int, shift: int) -> Iterator[Difference]:
    for at, segment in enumerate(segments, first):
        old, new = show_one(at, segment), show_one(at + shift, segment)
        yield Difference(kind=DifferenceKind.SAME, before=old, after=new)


def _kind(patch: Patch, pair: Pair) -> DifferenceKind:
    """Tell how a pair compares; what was changed and changed back is the same."""
    removed, inserted = pair
    if removed is None:
        return DifferenceKind.ADDED
    if inserted is None:
        return DifferenceKind.REMOVED
    is_same = patch.removed[removed].equals(patch.inserted[inserted])
    return DifferenceKind.SAME if is_same else DifferenceKind.CHANGED


def _pairs(removed: Sequence[StoredSegment], inserted: Sequence[StoredSegment]) -> Iterator[Pair]:
    """Put beside each other what is said at the same time."""
    old = new = 0
    while old < len(removed) and new < len(inserted):
        if _is_before(removed[old], inserted[new]):
            yield old, None
            old += 1
        elif _is_before(inserted[new], removed[old]):
            yield None, new
            new += 1
        else:
            yield old, new
            old, new = old + 1, new + 1
    yield from ((place, None) for place in range(old, len(removed)))
    yield from ((None, place) for place in range(new, len(inserted)))


def _is_before(one: StoredSegment, other: StoredSegment) -> bool:
    return one.end_ms <= other.start_ms and one.start_ms < other.start_ms
