"""What differs between two versions of a transcript, so that it can be done and undone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

from server.corrections.segments import StoredSegment


@dataclass(frozen=True, slots=True)
class Patch:
    """Segments in the place of others, from the index `first` on.

    Patches are in order, and each begins where those before it have moved it to.
    """

    first: int
    removed: Sequence[StoredSegment]
    inserted: Sequence[StoredSegment]

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Self:
        """Read what `written` gave: one of the `patches` of a `TranscriptEdit`."""
        removed, inserted = ([StoredSegment.of_row(row) for row in stored[side]] for side in ("removed", "inserted"))
        return cls(stored["first"], removed, inserted)

    def written(self) -> dict[str, Any]:
        """Write it down, whole on both sides."""
        return {
            "first": self.first,
            "removed": [segment.as_row() for segment in self.removed],
            "inserted": [segment.as_row() for segment in self.inserted],
        }


@dataclass(frozen=True, slots=True)
class Rows:
    """What patches come to for numbered rows.

    Attributes:
        removed: the numbers, before, of those that go.
        moved: the numbers, before and after, of those that are numbered anew.
        inserted: those that come, by their numbers after.
    """

    removed: list[int]
    moved: list[tuple[int, int]]
    inserted: list[tuple[int, StoredSegment]]


def difference(before: Sequence[StoredSegment], after: Sequence[StoredSegment]) -> list[Patch]:
    """Find what makes `after` of `before`: what is in both is the same object, and in the same order."""
    places = {id(segment): place for place, segment in enumerate(before)}
    kept = [(places[id(segment)], place) for place, segment in enumerate(after) if id(segment) in places]
    ends = [(-1, -1), *kept, (len(before), len(after))]
    gaps = (
        _trimmed(new + 1, before[old + 1 : next_old], after[new + 1 : next_new])
        for (old, new), (next_old, next_new) in pairwise(ends)
    )
    return [patch for patch in gaps if patch.removed or patch.inserted]


def undo(segments: list[StoredSegment], patches: Sequence[Patch]) -> None:
    """Make of a version the one that patches were applied to."""
    for patch in reversed(patches):
        segments[patch.first : patch.first + len(patch.inserted)] = patch.removed


def rows_of(patches: Sequence[Patch], count: int) -> Rows:
    """Tell what is to be done with the rows of `count` segments, numbered from 0."""
    removed: list[int] = []
    moved: list[tuple[int, int]] = []
    at = shift = 0
    for patch in patches:
        first = patch.first - shift
        moved += _moves(range(at, first), shift)
        at = first + len(patch.removed)
        removed += range(first, at)
        shift += len(patch.inserted) - len(patch.removed)
    moved += _moves(range(at, count), shift)
    return Rows(removed, moved, list(_inserted(patches)))


def _inserted(patches: Iterable[Patch]) -> Iterator[tuple[int, StoredSegment]]:
    for patch in patches:
        yield from enumerate(patch.inserted, patch.first)


def _moves(places: range, shift: int) -> Iterator[tuple[int, int]]:
    return ((place, place + shift) for place in places if shift)


def _trimmed(first: int, removed: Sequence[StoredSegment], inserted: Sequence[StoredSegment]) -> Patch:
    """Leave out of a patch what is the same in the end, though it was made anew."""
    begun = _alike(removed, inserted)
    removed, inserted = removed[begun:], inserted[begun:]
    ended = _alike(removed[::-1], inserted[::-1])
    return Patch(first + begun, removed[: len(removed) - ended], inserted[: len(inserted) - ended])


def _alike(some: Sequence[StoredSegment], others: Sequence[StoredSegment]) -> int:
    """Count the segments that both begin with."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((at for at, (one, other) in pairs if not one.equals(other)), min(len(some), len(others)))
