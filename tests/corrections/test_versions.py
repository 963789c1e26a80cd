"""Versions: what is kept of each, and what comes back."""

import random
from functools import cache
from itertools import pairwise
from typing import Any

from server.corrections import reading
from server.corrections.operations import applied
from server.corrections.patches import Patch, difference, rows_of, undo
from server.corrections.segments import StoredSegment
from server.corrections.wishes import EditWish
from server.problems import Problem
from tests.corrections.conftest import Desk, furnish, heard
from tests.results.conftest import Shelf

WORDS = ("engine", "mill", "Ada", "note", "G.", "naïve", "שלום", "مرحبا", "你好", "ß", "İ", "—", "😀", "<b>&\"'", "\t")
EDITS = 500
AT_ONCE = 20
DURATION_MS = 200_000
FEWEST = 20
"""Segments that are left, so that there is something to edit."""


def at_random(chance: random.Random, count: int) -> dict[str, Any]:
    """Think of an operation on so many segments."""
    said = " ".join(chance.choices(WORDS, k=chance.randint(1, 9)))
    index, at_ms = chance.randrange(-1, count), chance.randrange(DURATION_MS)
    return chance.choice(
        [
            {"op": "change", "segment": index, "text": said},
            {"op": "change", "segment": index, "end_ms": at_ms},
            {"op": "change", "segment": index, "speaker": chance.choice((None, "1", "Ada"))},
            {"op": "split", "segment": index, "at": chance.randint(1, 20)},
            {"op": "merge", "segment": index},
            {"op": "remove", "segment": index},
            {"op": "insert", "after": index, "start_ms": at_ms, "end_ms": at_ms + 500, "text": said},
            {"op": "replace_all", "find": chance.choice(WORDS[:7]), "replacement": chance.choice(("", said))},
            {"op": "rename_speaker", "speaker": "1", "name": chance.choice(("Ada", "2"))},
        ]
    )


@cache
def machine() -> list[StoredSegment]:
    """Return what an engine heard."""
    chance = random.Random(5)  # noqa: S311 - a test's
    said = [" ".join(chance.choices(WORDS[:-1], k=chance.randint(1, 9))) for _ in range(60)]
    return [StoredSegment.of(heard(text, 3000 * place, speaker="1")) for place, text in enumerate(said)]


@cache
def edits() -> list[tuple[dict[str, Any], list[StoredSegment]]]:
    """Return operations that can be applied one after the other to what the engine heard, each with what it leaves."""
    chance, segments = random.Random(1), machine()  # noqa: S311 - a test's
    made: list[tuple[dict[str, Any], list[StoredSegment]]] = []
    while len(made) < EDITS:
        operation = at_random(chance, len(segments))
        try:
            wish = EditWish.model_validate({"operations": [operation]})
            after = applied(segments, wish.operations, DURATION_MS)
        except (Problem, ValueError):
            continue
        if len(after) > FEWEST:
            segments = after
            made.append((operation, segments))
    return made


def test_what_every_edit_has_made_is_sound() -> None:
    """Segments stay in order, and the words of each are those of its text, in order and within its time."""
    made, untouched = edits(), machine()
    assert {operation["op"] for operation, _ in made} == {
        *("change", "split", "merge", "remove", "insert", "replace_all", "rename_speaker")
    }
    for segment in (segment.spoken() for _, after in made for segment in after if segment not in untouched):
        assert "".join("".join(word.text.split()) for word in segment.words) == "".join(segment.text.split())
        times = [segment.start_ms, *(at for w in segment.words for at in (w.start_ms, w.end_ms)), segment.end_ms]
        assert times == sorted(times)
    for _, after in made:
        assert all(one.start_ms <= following.start_ms for one, following in pairwise(after))


def test_every_edit_is_undone_by_what_is_kept_of_it() -> None:
    """Back from the last to the first, each version is what it was; numbered rows come to the same."""
    versions = [machine(), *(after for _, after in edits())]
    current = versions[-1].copy()
    for before, after in reversed(list(pairwise(versions))):
        patches = [Patch.read(patch.written()) for patch in difference(before, after)]
        assert renumbered(before, patches) == dict(enumerate(after))
        undo(current, patches)
        assert current == before


def renumbered(before: list[StoredSegment], patches: list[Patch]) -> dict[int, StoredSegment]:
    """Do to numbered rows what is done to those of a transcript."""
    rows, todo = dict(enumerate(before)), rows_of(patches, len(before))
    for index in todo.removed:
        del rows[index]
    moved = {new: rows.pop(old) for old, new in todo.moved}
    inserted = dict(todo.inserted)
    assert not rows.keys() & moved.keys()
    assert not (rows | moved).keys() & inserted.keys()
    return dict(sorted((rows | moved | inserted).items()))


async def test_after_500_edits_the_machines_version_comes_back(shelf: Shelf) -> None:
    """Byte for byte; and every version in between can be seen as it was."""
    desk = await furnish(shelf, [segment.spoken() for segment in machine()], DURATION_MS)
    first, made = await desk.rows(), edits()
    for at in range(0, EDITS, AT_ONCE):
        await desk.correct(*(operation for operation, _ in made[at : at + AT_ONCE]))
    assert (await shown(desk, EDITS // AT_ONCE))[0] == texts(made[-1][1])
    for number in (1, 13, 24):
        assert await shown(desk, number) == (texts(made[number * AT_ONCE - 1][1]), number)
    edited = await desk.rows()
    assert (await desk.restore(0)).version == EDITS // AT_ONCE + 1
    assert await desk.rows() == first
    await desk.restore(EDITS // AT_ONCE)
    assert (await desk.rows(), first == edited) == (edited, False)


async def shown(desk: Desk, number: int) -> tuple[list[tuple[Any, ...]], int]:
    """Show a version."""
    async with desk.units.begin() as work:
        text = await reading.show_version(work, desk.owner, desk.named, number)
    said = [
        [(w.start_ms, w.end_ms, w.text, w.confidence) for w in text.words if w.segment == s.index]
        for s in text.segments
    ]
    return [
        (s.start_ms, s.end_ms, s.text, s.speaker, s.confidence, words)
        for s, words in zip(text.segments, said, strict=True)
    ], text.version


def texts(segments: list[StoredSegment]) -> list[tuple[Any, ...]]:
    """Tell what segments say."""
    return [
        (
            s.start_ms,
            s.end_ms,
            s.text,
            s.speaker,
            s.confidence,
            [(w.start_ms, w.end_ms, w.text, w.confidence) for w in s.words],
        )
        for s in (segment.spoken() for segment in segments)
    ]
