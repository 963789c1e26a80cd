"""How the processing of an item ends."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline.endings import complete, fail_media
from server.pipeline.flow import advance
from server.pipeline.outgoing import store_text
from server.recitals import service as recitals
from server.recitals.models import Recital
from server.recitals.state import RecitalStatus
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.tasks.stage import Unworkable
from tests.pipeline.conftest import Bench, wait_for_locks

BECAUSE = Unworkable("engine_refused", "Choose another engine.")


async def fail(bench: Bench, media_id: UUID, kind: Kind) -> None:
    """Write down that a stage failed for good."""
    taken = await bench.take(kind, media_id)
    async with bench.tools.units.begin() as work:
        await fail_media(work, taken, BECAUSE)


@pytest.mark.parametrize("kind", [Kind.TRANSCRIBE, Kind.TRANSCODE])
async def test_item_with_a_text_stays_completed(bench: Bench, tmp_path: Path, kind: Kind) -> None:
    """When a second transcript fails, by its engine or on the way there, the first one still counts."""
    status = Status.TRANSCRIBING if kind is Kind.TRANSCRIBE else Status.TRANSCODING
    media = await bench.media(b"sound", tmp_path, status, duration_ms=1000, heard_ms=300)
    await bench.asked(media, text="Good morning", finished_at=datetime.now(UTC))
    await bench.asked(media)
    await fail(bench, media.id, kind)
    media = await bench.read(media.id)
    assert (media.status, media.error_code, media.heard_ms) == (Status.COMPLETED, None, 1000)
    assert [transcript.error_code for transcript in await bench.transcripts(media.id)] == [None, BECAUSE.code]
    assert await bench.waiting(media.id) == [Kind.STORE_TEXT]


async def test_item_without_a_text_fails_with_its_transcript(bench: Bench, tmp_path: Path) -> None:
    """The reason stands at the item, where people look, and at the transcript that was asked for."""
    asked = await bench.unheard(tmp_path)
    await fail(bench, asked.media_id, Kind.TRANSCRIBE)
    media, [transcript] = await bench.read(asked.media_id), await bench.transcripts(asked.media_id)
    assert (media.status, media.error_code, media.error_message) == (Status.FAILED, BECAUSE.code, BECAUSE.reason)
    assert (transcript.error_code, transcript.error_message) == (BECAUSE.code, BECAUSE.reason)


@pytest.mark.parametrize("by_worker", [True, False])
async def test_recital_that_is_disavowed_just_then(committing: Bench, tmp_path: Path, *, by_worker: bool) -> None:
    """Who takes it back waits for who ends its transcript, or asks for another, and not they for each other."""
    units, asked = committing.tools.units, await committing.unheard(tmp_path)
    recital = Recital(owner_id=committing.owner, title="A", language="en", status=RecitalStatus.AGGREGATED)
    recital.media_id = asked.media_id
    async with units.begin() as work:
        work.session.add(recital)
        await work.session.flush()
        for kind in (Kind.PUBLISH, Kind.ASSESS):
            await tasks.add(work, kind, recital.id, owner_id=committing.owner, queue=Queue.WORK)
    taken = await committing.take(Kind.TRANSCRIBE, asked.media_id) if by_worker else None

    async def disavow() -> bool:
        async with units.begin() as work:
            return await recitals.discard(work, recital.id, *recitals.DISAVOWED)

    async with units.begin() as work:
        if taken is not None:
            await tasks.finish(work.session, taken)
        media = await MediaRepository(work).get_for_change(asked.media_id)
        disavowing = asyncio.create_task(disavow())
        await wait_for_locks(work)
        if by_worker:
            await complete(work, media.id, asked, text="Good morning", language="en")
        else:
            await advance(work, media)
    assert await disavowing
    assert (await committing.read(asked.media_id)).status is Status.DELETING
    assert await committing.waiting(recital.id) == [Kind.PURGE]
    assert Kind.ERASE in await committing.waiting(asked.media_id)


async def test_older_text_that_is_corrected_just_then(committing: Bench, tmp_path: Path) -> None:
    """Who corrects it and who ends a newer one have the file's task before the item, and never wait for each other."""
    units = committing.tools.units
    media = await committing.media(b"x", tmp_path, Status.TRANSCRIBING, duration_ms=1000)
    await committing.asked(media, finished_at=datetime.now(UTC), language="en")
    newer = await committing.asked(media, language="en")

    async def end() -> None:
        async with units.begin() as work:
            await complete(work, media.id, newer, text="Good morning.", language="en")

    async with units.begin() as work:
        await store_text(work, media.id, media.owner_id)
        ending = asyncio.create_task(end())
        await wait_for_locks(work)
        await MediaRepository(work).get_for_change(media.id)
    await ending
    assert (await committing.read(media.id)).status is Status.COMPLETED
