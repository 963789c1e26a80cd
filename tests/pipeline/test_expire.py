"""Uploads whose address has run out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from server.aws.transfers import NoSuchMultipart
from server.checks.permissions import Action, Resource, Service, needed
from server.pipeline.expire import expire
from server.pipeline.intake import intake
from server.pipeline.stages import stages
from server.tasks.models import Kind
from server.tasks.stage import EXHAUSTED, Unworkable
from server.uploads import service as uploads
from server.uploads.models import GRACE, Upload
from server.uploads.state import Method, UploadStatus
from tests.conftest import SAMPLE
from tests.pipeline.conftest import Bench

JUST_NOW = timedelta(seconds=10)
ASKED = {
    "ListParts": Action.LIST_PARTS,
    "CompleteMultipartUpload": Action.PUT_OBJECT,
    "HeadObject": Action.GET_OBJECT,
}
"""What a call is to IAM."""


def long_ago() -> dict[str, Any]:
    """Say that an upload's address ran out some time ago."""
    return {"expires_at": datetime.now(UTC) - GRACE - JUST_NOW}


async def in_parts(bench: Bench, sent: bytes) -> Upload:
    """Make an overdue upload in parts of which some bytes have been sent."""
    upload = await bench.announced(len(SAMPLE.read_bytes()), method=Method.MULTIPART, **long_ago())
    multipart_id = await bench.tools.transfers.begin_multipart(upload.address, upload.content_type)
    async with bench.tools.units.begin() as work:
        (await work.session.get_one(Upload, upload.id)).multipart_id = multipart_id
    if sent:
        await bench.tools.store.clients.s3.upload_part(
            Bucket=upload.bucket, Key=upload.key, UploadId=multipart_id, PartNumber=1, Body=sent
        )
    return await bench.read_upload(upload.id)


async def look(bench: Bench, upload: Upload) -> Upload:
    """Run the stage and read what became of the upload."""
    taken = await bench.take(Kind.EXPIRE, upload.id)
    await bench.write(taken, await expire(bench.tools, taken))
    return await bench.read_upload(upload.id)


async def is_under_way(bench: Bench, upload: Upload) -> bool:
    """Say whether S3 still takes parts."""
    try:
        await bench.tools.transfers.list_parts(upload.address, upload.multipart_id or "")
    except NoSuchMultipart:
        return False
    return True


async def test_bytes_that_nobody_told_of_are_taken_in(bench: Bench, tmp_path: Path) -> None:
    """An upload whose event was lost doesn't expire: its bytes are there."""
    upload = await look(bench, await bench.upload(SAMPLE.read_bytes(), tmp_path, **long_ago()))
    assert (upload.status, await bench.waiting(upload.id)) == (UploadStatus.PENDING, [Kind.INTAKE])


async def test_parts_that_are_all_there_are_joined(bench: Bench) -> None:
    """A client that sent everything and died before it said so has lost nothing."""
    upload = await look(bench, await in_parts(bench, SAMPLE.read_bytes()))
    stored = await bench.tools.store.head(upload.address)
    assert stored is not None
    assert (stored.size, await bench.waiting(upload.id)) == (upload.size, [Kind.INTAKE])


async def test_a_worker_may_do_what_joining_takes(bench: Bench) -> None:
    """All that the stage asks of S3 is in the list that roles are made from."""
    upload = await in_parts(bench, SAMPLE.read_bytes())
    asked: set[Action] = set()
    events = bench.tools.store.clients.s3.meta.events
    events.register("before-call.s3", note := lambda model, **_: asked.add(ASKED[model.name]))
    await look(bench, upload)
    events.unregister("before-call.s3", note)
    assert asked == {*ASKED.values()}
    allowed = {
        one.action for one in needed(Service.WORKER, bench.tools.settings) if one.resource is Resource.RAW_BUCKET
    }
    assert asked <= allowed


@pytest.mark.parametrize("sent", [b"", SAMPLE.read_bytes()[:-1]])
async def test_what_did_not_come_is_closed(bench: Bench, sent: bytes) -> None:
    """An upload of which parts are missing expires with what to do, and S3 keeps none of them."""
    upload = await look(bench, await in_parts(bench, sent))
    assert (upload.status, upload.error_code) == (UploadStatus.EXPIRED, "upload_expired")
    assert "Begin a new upload" in (upload.error_message or "")
    assert (await bench.waiting(upload.id), await is_under_way(bench, upload)) == ([], False)


async def test_upload_that_was_extended_goes_on(bench: Bench) -> None:
    """New addresses that are asked for at the last moment are good: nothing is closed or thrown away."""
    upload = await in_parts(bench, b"some")
    taken = await bench.take(Kind.EXPIRE, upload.id)
    outcome = await expire(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        (await work.session.get_one(Upload, upload.id)).expires_at = datetime.now(UTC) + JUST_NOW
    await bench.write(taken, outcome)
    again = await look(bench, upload)
    assert (again.status, await is_under_way(bench, upload)) == (UploadStatus.PENDING, True)


async def test_grace_is_given(bench: Bench) -> None:
    """Bytes that were begun to be sent just before the end may still be on their way."""
    upload = await bench.announced(1, expires_at=datetime.now(UTC) - JUST_NOW)
    assert (await look(bench, upload)).status is UploadStatus.PENDING


async def test_bytes_that_come_too_late_are_taken_in_all_the_same(bench: Bench, tmp_path: Path) -> None:
    """An expired upload whose object turns up becomes an item, and no longer says that it has expired."""
    content = SAMPLE.read_bytes()
    upload = await look(bench, await bench.announced(len(content), **long_ago()))
    assert upload.status is UploadStatus.EXPIRED
    await bench.put(content, upload.key, tmp_path)
    async with bench.tools.units.begin() as work:
        await uploads.confirm(work, upload.address)
    assert await bench.waiting(upload.id) == [Kind.INTAKE]
    taken = await bench.take(Kind.INTAKE, upload.id)
    await bench.write(taken, await intake(bench.tools, taken))
    upload = await bench.read_upload(upload.id)
    assert (upload.status, upload.error_code, upload.media_id is None) == (UploadStatus.UPLOADED, None, False)


@pytest.mark.parametrize(("overdue", "status"), [(timedelta(minutes=2), "pending"), (timedelta(days=2), "rejected")])
async def test_outage_of_ours_rejects_nothing_for_a_day(
    bench: Bench, tmp_path: Path, overdue: timedelta, status: str
) -> None:
    """Bytes that are there are not given up because S3 was away when we looked: the next look takes them in."""
    upload = await bench.upload(SAMPLE.read_bytes(), tmp_path, expires_at=datetime.now(UTC) - overdue)
    for kind in (Kind.EXPIRE, Kind.INTAKE):
        taken = await bench.take(kind, upload.id)
        async with bench.tools.units.begin() as work:
            stage = stages(bench.tools)[kind]
            await stage.fail(work, taken, Unworkable(EXHAUSTED, "It failed 5 times."))
        assert (await bench.read_upload(upload.id)).status == status
