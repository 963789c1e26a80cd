"""Removing an item."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import exists, select

from server.configuration.processing import EngineName
from server.media.models import Media
from server.media.state import Status
from server.pipeline.erase import erase
from server.pipeline.transcode import transcode
from server.shares.models import Share
from server.tasks.models import Kind
from server.transcription.engines.amazon import AmazonTranscribe
from server.transcription.engines.errors import EngineUnavailable
from tests.conftest import SAMPLE
from tests.pipeline.conftest import Bench


async def objects(bench: Bench, media: Media) -> int:
    """Count what S3 holds of an item."""
    s3, aws = bench.tools.store.clients.s3, bench.tools.settings.aws
    pages = [
        await s3.list_objects_v2(Bucket=bucket, Prefix=f"{media.owner_id}/{media.id}/")
        for bucket in (aws.raw_bucket, aws.processed_bucket)
    ]
    return sum(page["KeyCount"] for page in pages)


async def test_every_object_goes(bench: Bench, tmp_path: Path) -> None:
    """After erasing, nothing of the item is in S3, and erasing again is well."""
    media = await bench.media(SAMPLE.read_bytes(), tmp_path)
    taken = await bench.take(Kind.TRANSCODE, media.id)
    await bench.write(taken, await transcode(bench.tools, taken))
    assert await objects(bench, media) == 6
    async with bench.tools.units.begin() as work:
        deleted = await work.session.get_one(Media, media.id)
        deleted.become(Status.DELETING)
        deleted.tags, deleted.notes = ["secret"], "secret"
        work.session.add(Share(media_id=media.id, digest=b"digest", with_sound=True))
    for _ in range(2):
        taken = await bench.take(Kind.ERASE, media.id)
        await bench.write(taken, await erase(bench.tools, taken))
    assert await objects(bench, media) == 0
    gone = await bench.read(media.id)
    assert (gone.status, gone.title, gone.tags, gone.notes) == (Status.GONE, "", [], "")
    async with bench.tools.units.begin() as work:
        assert not await work.session.scalar(select(exists().where(Share.media_id == media.id)))


async def test_item_that_is_wanted_is_not_erased(bench: Bench, tmp_path: Path) -> None:
    """Only what its owner deleted is removed."""
    media = await bench.media(SAMPLE.read_bytes(), tmp_path, Status.COMPLETED)
    taken = await bench.take(Kind.ERASE, media.id)
    await bench.write(taken, await erase(bench.tools, taken))
    assert await objects(bench, media) == 1


async def test_objects_go_though_amazon_denies_us_its_jobs(bench: Bench, tmp_path: Path) -> None:
    """What is ours to remove is removed first, and doesn't wait for a permission that is missing."""

    class Denying(AmazonTranscribe):
        async def forget(self, name: str) -> None:
            raise EngineUnavailable(f"AccessDeniedException: {name}")

    asked = await bench.unheard(tmp_path, EngineName.AWS, job="lectern-x")
    async with bench.tools.units.begin() as work:
        media = await work.session.get_one(Media, asked.media_id)
        media.become(Status.DELETING)
    taken = await bench.take(Kind.ERASE, media.id)
    tools = replace(bench.tools, amazon=Denying(bench.tools.store.clients, bench.tools.store))
    await bench.write(taken, await erase(tools, taken))
    assert await bench.tools.store.head(media.source) is None
    assert (await bench.read(media.id)).status is Status.GONE
