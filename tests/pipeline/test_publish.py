"""When a recital is published, and its slices go."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from server.media.state import Status
from server.pipeline.aggregate import aggregate
from server.pipeline.endings import fail_recital
from server.pipeline.publish import publish
from server.pipeline.transcode import transcode
from server.recitals import service as recitals
from server.recitals.state import RecitalStatus
from server.tasks.models import Kind
from server.tasks.service import Fenced
from server.tasks.stage import Failed, NotYet, Unworkable
from server.webhooks.models import Delivery, WebhookEndpoint
from tests.pipeline.conftest import Bench
from tests.pipeline.reciting import Lectern


@pytest.fixture
def lectern(bench: Bench, tmp_path: Path) -> Lectern:
    """Where recitals are read."""
    return Lectern(bench, tmp_path)


@pytest.fixture
async def recital_id(bench: Bench, lectern: Lectern) -> UUID:
    """A recital that is aggregated and has no renditions yet."""
    recital_id = await lectern.ended()
    taken = await bench.take(Kind.AGGREGATE, recital_id)
    await bench.write(taken, await aggregate(bench.tools, taken))
    return recital_id


async def render(bench: Bench, lectern: Lectern, recital_id: UUID) -> None:
    """Make the renditions."""
    taken = await bench.take(Kind.TRANSCODE, (await lectern.item(recital_id)).id)
    await bench.write(taken, await transcode(bench.tools, taken))


async def test_slices_go_once_everything_is_there(bench: Bench, lectern: Lectern, recital_id: UUID) -> None:
    """The folder has exactly the four files, and only then are the slices gone; who wishes to be told is, once."""
    hook = {"owner_id": bench.owner, "url": "https://example.com/hook", "description": "", "sealed_secret": "x"}
    async with bench.tools.units.begin() as work:
        work.session.add(WebhookEndpoint(events=["recital.uploaded"], **hook))
    taken = await bench.take(Kind.PUBLISH, recital_id)
    with pytest.raises(NotYet):
        await publish(bench.tools, taken)
    await render(bench, lectern, recital_id)
    outcome = await publish(bench.tools, taken)
    assert len(await lectern.slices(recital_id)) == 7
    await bench.write(taken, outcome)
    assert (await lectern.read(recital_id)).status is RecitalStatus.UPLOADED
    assert await lectern.slices(recital_id) == set()
    assert await lectern.published(recital_id) == {"transcript.vtt", "source.webm", "main.webm", "light.m4a"}
    again = await bench.take(Kind.PUBLISH, recital_id)
    await bench.write(again, await publish(bench.tools, again))
    assert (await lectern.read(recital_id)).status is RecitalStatus.UPLOADED
    async with bench.tools.units.begin() as work:
        told = (await work.session.execute(select(Delivery.payload))).scalars().all()
    assert [(one["type"], one["data"]["id"]) for one in told] == [("recital.uploaded", str(recital_id))]


async def test_missing_file_keeps_the_slices(bench: Bench, lectern: Lectern, recital_id: UUID) -> None:
    """Where a file isn't seen, nothing is let go, and the reason can be read."""
    await render(bench, lectern, recital_id)
    bucket = bench.tools.settings.aws.content_bucket
    await bench.tools.store.delete_under(bucket, f"{recital_id}/source.")
    taken = await bench.take(Kind.PUBLISH, recital_id)
    with pytest.raises(Failed) as reason:
        await publish(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        await fail_recital(work, taken, Unworkable(reason.value.code, reason.value.reason))
    recital = await lectern.read(recital_id)
    assert (recital.status, recital.error_code) == (RecitalStatus.AGGREGATED, "file_missing")
    assert len(await lectern.slices(recital_id)) == 7


async def test_item_without_renditions(bench: Bench, lectern: Lectern, recital_id: UUID) -> None:
    """A recital whose item failed before it had its renditions is not published, for that very reason."""
    media = await lectern.item(recital_id)
    async with bench.tools.units.begin() as work:
        failed = await work.session.get_one(type(media), media.id)
        failed.become(Status.TRANSCODING)
        failed.fail("too_long", "Split it.")
    with pytest.raises(Unworkable, match="Split it"):
        await publish(bench.tools, await bench.take(Kind.PUBLISH, recital_id))


async def test_disavowed_before_the_end(bench: Bench, lectern: Lectern, recital_id: UUID) -> None:
    """A recital that was taken back while its files were looked for is not published any more."""
    await render(bench, lectern, recital_id)
    taken = await bench.take(Kind.PUBLISH, recital_id)
    outcome = await publish(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        await recitals.discard(work, recital_id, "disavowed", "Taken back.")
    with pytest.raises(Fenced):
        await bench.write(taken, outcome)
    assert (await lectern.read(recital_id)).status is RecitalStatus.DISCARDED
