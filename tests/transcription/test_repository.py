"""Transcripts: one open at a time, and places for the jobs of Amazon Transcribe."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from server.media.kinds import MediaKind
from server.media.models import Media
from server.media.state import Status
from server.transcription.engines.base import Segment
from server.transcription.models import Transcript
from server.transcription.repository import ROWS_AT_ONCE, TranscriptRepository
from server.unit_of_work import UnitOfWork, Units
from server.users import service as users
from server.users.models import UserKind
from server.users.service import Claimed


async def make_media(work: UnitOfWork) -> Media:
    """Make an item that waits for its text."""
    owner = await users.recognise(work, Claimed(UserKind.MACHINE, "tests", str(uuid4())))
    media = Media(
        id=uuid7(),
        owner_id=owner.id,
        kind=MediaKind.AUDIO,
        status=Status.TRANSCRIBING,
        title="Morning",
        content_type="audio/wav",
        source_bucket="raw",
        source_key="source",
        size=4,
        etag="e",
        progress=0.0,
        heard_ms=0,
    )
    work.session.add(media)
    await work.session.flush()
    return media


async def ask(work: UnitOfWork, media: Media | None = None) -> Transcript:
    """Ask for a transcript, by default of an item of its own."""
    media = media or await make_media(work)
    transcript = Transcript(media_id=media.id, engine="aws", model="amazon-transcribe", text="")
    TranscriptRepository(work).add(transcript)
    await work.session.flush()
    return transcript


async def reserve(work: UnitOfWork, transcript_id: UUID, most: int) -> bool:
    """Reserve a place for a transcript's job."""
    return await TranscriptRepository(work).reserve_job(transcript_id, f"job-{transcript_id}", most=most)


async def test_places_are_counted(work: UnitOfWork) -> None:
    """A place is held until it is given back, or its transcript is finished or failed; asking twice takes it once."""
    first, second, third = [await ask(work) for _ in range(3)]
    assert [await reserve(work, asked.id, 2) for asked in (first, second, first, third)] == [True, True, True, False]
    repository = TranscriptRepository(work)
    await repository.release_job(first.id)
    assert [await reserve(work, asked.id, 2) for asked in (third, first)] == [True, False]
    await repository.finish(second.id, content="Good morning", language="en")
    assert await reserve(work, first.id, 2)
    await work.session.refresh(third)
    third.fail("engine_refused", "Refused.")
    await work.session.flush()
    assert await reserve(work, (await ask(work)).id, 2)


async def test_last_place_is_given_once(separate_units: Units) -> None:
    """However many workers ask for it at the same time, no more jobs are begun than allowed."""
    async with separate_units.begin() as work:
        asked = [(await ask(work)).id for _ in range(4)]

    async def take(transcript_id: UUID) -> bool:
        async with separate_units.begin() as work:
            return await reserve(work, transcript_id, 2)

    assert sorted(await asyncio.gather(*map(take, asked))) == [False, False, True, True]


async def test_time_runs_from_the_first_start(work: UnitOfWork) -> None:
    """A job that is lost and submitted again doesn't get its time anew."""
    asked = await ask(work)
    started = []
    for _ in range(2):
        await reserve(work, asked.id, 1)
        await work.session.refresh(asked)
        started.append(asked.started_at)
        await TranscriptRepository(work).release_job(asked.id)
    assert started[0] is not None
    assert started[0] == started[1]


async def test_only_one_is_open_at_a_time(work: UnitOfWork) -> None:
    """An item's second transcript is asked for when the first is decided."""
    repository, media = TranscriptRepository(work), await make_media(work)
    first = await ask(work, media)
    assert await repository.open_of(media.id) is first
    with pytest.raises(IntegrityError):
        async with work.session.begin_nested():
            await ask(work, media)
    first.fail("engine_refused", "Refused.")
    await work.session.flush()
    assert (await repository.open_of(media.id), await repository.newest_of(media.id)) == (None, first)
    assert not await repository.has_finished(media.id)
    second = await ask(work, media)
    assert (await repository.open_of(media.id), await repository.newest_of(media.id)) == (second, second)
    await repository.finish(second.id, content="Good morning", language="en")
    assert (await repository.open_of(media.id), await repository.has_finished(media.id)) == (None, True)


async def test_jobs_are_found_while_they_are_awaited(work: UnitOfWork) -> None:
    """By item, by name and by result; those of decided transcripts are nobody's any more."""
    repository, asked = TranscriptRepository(work), await ask(work)
    await reserve(work, asked.id, 1)
    job = f"job-{asked.id}"

    async def found() -> tuple[list[str], UUID | None, set[UUID]]:
        by_job = await repository.by_job(job)
        return (
            list(await repository.jobs_of(asked.media_id)),
            by_job.id if by_job else None,
            await repository.still_open([asked.id, uuid4()]),
        )

    assert await found() == ([job], asked.id, {asked.id})
    await repository.finish(asked.id, content="", language=None)
    assert await found() == ([], None, set())


async def test_long_texts_are_written_in_order(work: UnitOfWork) -> None:
    """More segments than fit one statement keep their order and numbers; another attempt begins with none."""
    repository, asked = TranscriptRepository(work), await ask(work)
    segments = [Segment(n, n + 1, str(n)) for n in range(ROWS_AT_ONCE + 2)]
    await repository.add_segments(asked.id, 0, segments[:1])
    await repository.add_segments(asked.id, 1, segments[1:])
    written = await repository.segments(asked.id)
    assert [(row._asdict()["index"], row.text) for row in written] == [
        (n, segment.text) for n, segment in enumerate(segments)
    ]
    await repository.begin_again(asked.id, model="base")
    assert list(await repository.segments(asked.id)) == []
    assert (await work.session.execute(select(Transcript.model).where(Transcript.id == asked.id))).scalar() == "base"
