"""Sound's renditions that have expired, made again."""

from pathlib import Path

from sqlalchemy import update

from server.aws.store import Address
from server.media.models import Media
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline.aggregate import aggregate
from server.pipeline.remake import remake
from server.pipeline.transcode import transcode
from server.tasks.models import Kind
from tests.conftest import SAMPLE
from tests.pipeline.conftest import Bench
from tests.pipeline.reciting import Lectern


async def made(bench: Bench, media: Media) -> dict[str, tuple[Address, bytes]]:
    """Read an item's renditions, and where they lie, by name."""
    async with bench.tools.units.begin() as work:
        rows = await MediaRepository(work).renditions(media.id)
    return {row.name: (row.address, await bench.tools.store.read_start(row.address, 10_000_000)) for row in rows}


async def remade(bench: Bench, media: Media) -> None:
    """Run the stage."""
    taken = await bench.take(Kind.REMAKE, media.id)
    await bench.write(taken, await remake(bench.tools, taken))


async def test_recital_gets_every_byte_again(bench: Bench, tmp_path: Path) -> None:
    """What is published of it goes back to its place for good, what may expire to a new one, and the best is left."""
    lectern = Lectern(bench, tmp_path)
    recital_id = await lectern.ended()
    taken = await bench.take(Kind.AGGREGATE, recital_id)
    await bench.write(taken, await aggregate(bench.tools, taken))
    media = await lectern.item(recital_id)
    taken = await bench.take(Kind.TRANSCODE, media.id)
    await bench.write(taken, await transcode(bench.tools, taken))
    async with bench.tools.units.begin() as work:
        await work.session.execute(update(Media).where(Media.id == media.id).values(status=Status.COMPLETED))
    before = await made(bench, media)
    await bench.tools.store.delete(before[name][0] for name in ("light", "inference", "short", "peaks"))
    await remade(bench, media)
    after = await made(bench, media)
    assert {name: content for name, (_, content) in after.items()} == {
        name: content for name, (_, content) in before.items()
    }
    moved = {name for name in before if before[name][0] != after[name][0]}
    assert moved == {"inference", "short", "peaks"}


async def test_sound_under_way_is_left_alone(bench: Bench, tmp_path: Path) -> None:
    """Its own stage makes what it needs, and one that is being deleted needs nothing."""
    for status in (Status.TRANSCODING, Status.DELETING):
        media = await bench.media(SAMPLE.read_bytes(), tmp_path, status)
        await remade(bench, media)
        assert await made(bench, media) == {}
