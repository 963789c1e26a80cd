"""Removing what a discarded recital held."""

from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select

from server.pipeline.purge import purge
from server.pipeline.stages import stages
from server.recitals import service
from server.recitals.models import AudioSlice, Recital, TextSegment
from server.recitals.state import RecitalStatus
from server.tasks.models import Kind
from tests.pipeline.conftest import Bench
from tests.pipeline.recited import objects, recite, write


async def parts(bench: Bench, recital: Recital) -> int:
    """Count the rows of a recital's slices and segments."""
    async with bench.tools.units.begin() as work:
        return sum(
            [
                await work.session.scalar(select(func.count()).where(part.recital_id == recital.id)) or 0
                for part in (AudioSlice, TextSegment)
            ]
        )


async def test_nothing_is_left_of_what_was_taken_back(bench: Bench, tmp_path: Path) -> None:
    """Slices, files and texts go, once or twice is the same; the bare row stays, and so does another recital."""
    document = await write(bench)
    taken_back, other = [
        await recite(bench, tmp_path, document, flags=["noisy"], quality={"rms_db": -20}) for _ in range(2)
    ]
    held = await objects(bench, other)
    assert len(held) == 6
    for _ in range(2):
        async with bench.tools.units.begin() as work:
            await service.discard(work, taken_back.id, *service.DISAVOWED)
        taken = await bench.take(Kind.PURGE, taken_back.id)
        await bench.write(taken, await purge(bench.tools, taken))
        assert (await objects(bench, taken_back), await parts(bench, taken_back)) == ([], 0)
    assert (await objects(bench, other), await parts(bench, other)) == (held, 4)
    async with bench.tools.units.begin() as work:
        row = await work.session.get_one(Recital, taken_back.id, populate_existing=True)
    assert (row.status, row.error_code, row.flags, row.quality) == (RecitalStatus.DISCARDED, "disavowed", [], None)


async def test_what_counts_is_not_purged(bench: Bench, tmp_path: Path) -> None:
    """Only what was discarded is removed; one that went with its owner is no trouble."""
    recital = await recite(bench, tmp_path, await write(bench), RecitalStatus.UPLOADED)
    stage = stages(bench.tools)[Kind.PURGE]
    for subject in (recital.id, uuid4()):
        taken = await bench.take(Kind.PURGE, subject)
        await bench.write(taken, await stage.run(taken))
    assert (len(await objects(bench, recital)), await parts(bench, recital)) == (6, 4)
