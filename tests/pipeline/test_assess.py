"""Assessing a recital: the sound that lies in S3, the text that was heard, and what is written of both."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select
from uuid_utils.compat import uuid7

from server.media.models import Rendition
from server.media.state import Status
from server.pipeline.assess import assess
from server.pipeline.endings import complete
from server.recitals.models import Recital, TextSegment
from server.recitals.state import RecitalStatus
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.stage import Failed, Outcome, Unworkable
from server.transcription.engines.base import Segment, Word
from server.transcription.repository import TranscriptRepository
from tests.conftest import SAMPLE, SAMPLE_WORDS
from tests.pipeline.conftest import Bench, wait_for_locks

LENGTH_MS = 7100
OTHER = "It was the best of times, it was the worst of times."


async def recite(bench: Bench, folder: Path, content: bytes | None = None) -> Recital:
    """Have the sample read: the first half counts, what follows is taken back."""
    content = content or SAMPLE.read_bytes()
    media = await bench.media(content, folder, Status.TRANSCRIBING, duration_ms=LENGTH_MS)
    recital = Recital(
        id=uuid7(), owner_id=bench.owner, title="A", language="en", status=RecitalStatus.AGGREGATED, discard_last=1
    )
    address = await bench.put(content, f"{recital.id}/main.wav", folder, bench.tools.settings.aws.content_bucket)
    main = Rendition(
        media_id=media.id,
        name="main",
        bucket=address.bucket,
        key=address.key,
        content_type="audio/wav",
        size=len(content),
    )
    recital.media_id, recital.duration_ms = media.id, LENGTH_MS
    async with bench.tools.units.begin() as work:
        work.session.add_all([recital, main])
        await work.session.flush()
        work.session.add_all(
            [
                TextSegment(recital_id=recital.id, index=0, end_ms=LENGTH_MS, text=SAMPLE_WORDS),
                TextSegment(recital_id=recital.id, index=1, end_ms=LENGTH_MS + 500, text="Not this."),
            ]
        )
    return recital


async def hear(
    bench: Bench, recital: Recital, text: str, *, language: str = "en", asked_language: str | None = None
) -> None:
    """Let an engine have heard a text."""
    parts = text.split()
    step = (LENGTH_MS - 600) // len(parts)
    words = tuple(Word(300 + i * step, 300 + (i + 1) * step, part, 0.9) for i, part in enumerate(parts))
    asked = await bench.asked(
        await bench.read(media_of(recital)),
        finished_at=datetime.now(UTC),
        language=language,
        asked_language=asked_language,
    )
    async with bench.tools.units.begin() as work:
        await TranscriptRepository(work).add_segments(asked.id, 0, [Segment(300, LENGTH_MS - 300, text, words)])


def media_of(recital: Recital) -> UUID:
    """Return the item that was made of it."""
    assert recital.media_id is not None
    return recital.media_id


async def run(bench: Bench, recital: Recital) -> tuple[Recital, list[TextSegment]]:
    """Assess it, and read what is written then."""
    taken = await bench.take(Kind.ASSESS, recital.id)
    await bench.write(taken, await assess(bench.tools, taken))
    return await written(bench, recital)


async def written(bench: Bench, recital: Recital) -> tuple[Recital, list[TextSegment]]:
    """Read a recital and its text segments anew."""
    async with bench.tools.units.begin() as work:
        segments = select(TextSegment).where(TextSegment.recital_id == recital.id).order_by(TextSegment.index)
        return await work.session.get_one(Recital, recital.id), list((await work.session.execute(segments)).scalars())


async def test_clean_recital_is_measured_and_not_marked(bench: Bench, tmp_path: Path) -> None:
    """Its measures and those of its kept sentence are there, with their units, and there is nothing to review."""
    recital = await recite(bench, tmp_path)
    await hear(bench, recital, SAMPLE_WORDS)
    assessed, [kept, other] = await run(bench, recital)
    assert assessed.flags == []
    assert assessed.assessed_at is not None
    assert assessed.quality is not None
    assert assessed.quality["duration_ms"] == LENGTH_MS
    assert (assessed.quality["word_error_rate"], assessed.quality["flags"]) == (0, [])
    assert -30 < assessed.quality["rms_db"] < -20
    assert kept.quality is not None
    assert kept.quality["character_error_rate"] == 0
    assert other.quality is None


async def test_another_transcript_replaces_the_assessment(bench: Bench, tmp_path: Path) -> None:
    """Without a text the sound alone is judged; with one, the reading is; and the newest text that is whole counts."""
    recital = await recite(bench, tmp_path)
    assessed, _ = await run(bench, recital)
    assert assessed.quality is not None
    assert (assessed.flags, assessed.quality["word_error_rate"]) == ([], None)
    await hear(bench, recital, OTHER)
    assessed, [kept, _] = await run(bench, recital)
    assert kept.quality is not None
    assert (assessed.flags, kept.quality["flags"]) == (["wrong_text"], ["wrong_text"])
    assert (await bench.read(media_of(recital))).flags == ["wrong_text"]
    await hear(bench, recital, SAMPLE_WORDS)
    await bench.asked(await bench.read(media_of(recital)), error_code="engine_failed")
    assessed, [kept, _] = await run(bench, recital)
    assert kept.quality is not None
    assert (assessed.flags, kept.quality["flags"]) == ([], [])


async def test_language_counts_where_the_engine_found_it_out(bench: Bench, tmp_path: Path) -> None:
    """An engine that was told the language tells nothing of it; one that was not may have heard another."""
    recital = await recite(bench, tmp_path)
    found = []
    for asked, heard in (("en", "en"), (None, "en"), (None, "de")):
        await hear(bench, recital, SAMPLE_WORDS, asked_language=asked, language=heard)
        assessed, _ = await run(bench, recital)
        assert assessed.quality is not None
        found.append((assessed.quality["language_match"], assessed.flags))
    assert found == [(None, []), (True, []), (False, ["wrong_language"])]


async def test_text_that_came_meanwhile_is_assessed_next(bench: Bench, tmp_path: Path) -> None:
    """A transcript that is finished while an older one is being compared could not add a task: one is added for it."""
    recital = await recite(bench, tmp_path)
    taken = await bench.take(Kind.ASSESS, recital.id)
    outcome = await assess(bench.tools, taken)
    await hear(bench, recital, SAMPLE_WORDS)
    await bench.write(taken, outcome)
    assert await bench.waiting(recital.id) == [Kind.ASSESS]
    await run(bench, recital)
    assert await bench.waiting(recital.id) == []


@pytest.mark.parametrize("assessed_first", [True, False])
async def test_text_that_is_whole_at_that_very_moment_is_assessed_next(
    committing: Bench, tmp_path: Path, *, assessed_first: bool
) -> None:
    """One of both waits for the other, and not they for each other; whoever is second adds another assessment."""
    recital = await recite(committing, tmp_path)
    asked = await committing.asked(await committing.read(media_of(recital)))
    hearing = await committing.take(Kind.TRANSCRIBE, asked.media_id)
    assessing = await committing.take(Kind.ASSESS, recital.id)
    heard = Outcome(partial(complete, media_id=asked.media_id, transcript=asked, text="Good morning", language="en"))
    both = [(assessing, await assess(committing.tools, assessing)), (hearing, heard)]
    (first, outcome), second = both if assessed_first else reversed(both)
    async with committing.tools.units.begin() as work:
        await tasks.finish(work.session, first)
        if not assessed_first:
            await outcome.write(work)
        waiting = asyncio.create_task(committing.write(*second))
        await wait_for_locks(work)
        if assessed_first:
            await outcome.write(work)
    await waiting
    assert await committing.waiting(recital.id) == [Kind.ASSESS]


async def test_nothing_is_written_of_what_is_discarded(bench: Bench, tmp_path: Path) -> None:
    """Disavowed while it is measured, or before: the row stays as it is."""
    recital = await recite(bench, tmp_path)
    taken = await bench.take(Kind.ASSESS, recital.id)
    outcome = await assess(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        found = await work.session.get_one(Recital, recital.id)
        found.discard("disavowed", "It was taken back.")
    await bench.write(taken, outcome)
    for _ in range(2):
        discarded, [kept, _other] = await written(bench, recital)
        assert (discarded.quality, discarded.assessed_at, kept.quality) == (None, None, None)
        await run(bench, recital)


async def test_recital_without_a_recording_is_not_assessed(bench: Bench, tmp_path: Path) -> None:
    """A task that comes too early, or too late, finds nothing to do."""
    recital = await recite(bench, tmp_path)
    async with bench.tools.units.begin() as work:
        await work.session.execute(delete(Rendition).where(Rendition.media_id == media_of(recital)))
    unassessed, _ = await run(bench, recital)
    assert unassessed.assessed_at is None


async def test_sound_that_is_not_there_is_asked_for_again(bench: Bench, tmp_path: Path) -> None:
    """An object that is missing may yet come; bytes that are no sound never will be."""
    recital = await recite(bench, tmp_path)
    taken = await bench.take(Kind.ASSESS, recital.id)
    await bench.tools.store.delete_under(bench.tools.settings.aws.content_bucket, f"{recital.id}/")
    with pytest.raises(Failed, match="not there"):
        await assess(bench.tools, taken)
    broken = await recite(bench, tmp_path, b"RIFF" + bytes(4) + b"WAVEfmt " + uuid4().bytes * 40)
    with pytest.raises(Unworkable):
        await assess(bench.tools, replace(taken, subject_id=broken.id))
