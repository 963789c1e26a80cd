"""From sound to text."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from server.media.models import Media
from server.media.state import Status
from server.pipeline import transcribe as stage
from server.pipeline.transcode import transcode
from server.pipeline.transcribe import transcribe
from server.tasks.models import Kind
from server.tasks.stage import Unworkable
from server.transcription.engines.errors import AudioUnreadable, EngineFailed, LanguageNotSupported
from server.transcription.repository import TranscriptRepository
from tests.conftest import SAMPLE
from tests.pipeline.conftest import Bench, FakeEngine


@pytest.fixture
async def media(bench: Bench, tmp_path: Path) -> Media:
    """An item that waits to be transcribed."""
    return await bench.read((await bench.unheard(tmp_path)).media_id)


async def run(bench: Bench, media: Media) -> Media:
    """Run the stage and read the item anew."""
    taken = await bench.take(Kind.TRANSCRIBE, media.id)
    await bench.write(taken, await transcribe(bench.tools, taken))
    return await bench.read(media.id)


async def texts(bench: Bench, media_id: UUID) -> list[tuple[str, bool, list[str]]]:
    """Read all transcripts of an item: the text, whether it is finished, and its segments."""
    return [
        (transcript.text, transcript.finished_at is not None, await segments(bench, transcript.id))
        for transcript in await bench.transcripts(media_id)
    ]


async def segments(bench: Bench, transcript_id: UUID) -> list[str]:
    """Read a transcript's segments."""
    async with bench.tools.units.begin() as work:
        return [segment.text for segment in await TranscriptRepository(work).segments(transcript_id)]


@pytest.mark.parametrize("write_seconds", [0.0, 60.0])
async def test_text_is_written_however_often(
    bench: Bench, media: Media, monkeypatch: pytest.MonkeyPatch, write_seconds: float
) -> None:
    """Segment by segment or all at the end, the transcript is the same, and whole."""
    monkeypatch.setattr(stage, "WRITE_SECONDS", write_seconds)
    media = await run(bench, media)
    assert (media.status, media.heard_ms, media.progress) == (Status.COMPLETED, 1000, 1.0)
    assert await texts(bench, media.id) == [("Good morning", True, ["Good", "morning"])]


async def test_silence_completes_without_text(bench: Bench, media: Media, engine_at_hand: FakeEngine) -> None:
    """A recording in which nothing is said is no failure."""
    engine_at_hand.texts = []
    assert (await run(bench, media)).status is Status.COMPLETED
    assert await texts(bench, media.id) == [("", True, [])]


async def test_second_attempt_begins_anew(
    bench: Bench, media: Media, engine_at_hand: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a lost attempt had written is replaced, not added to."""
    monkeypatch.setattr(stage, "WRITE_SECONDS", 0.0)
    engine_at_hand.error = EngineFailed("killed")
    taken = await bench.take(Kind.TRANSCRIBE, media.id)
    with pytest.raises(EngineFailed):
        await transcribe(bench.tools, taken)
    assert await texts(bench, media.id) == [("", False, ["Good", "morning"])]
    engine_at_hand.error = None
    await bench.write(taken, await transcribe(bench.tools, taken))
    assert await texts(bench, media.id) == [("Good morning", True, ["Good", "morning"])]


@pytest.mark.parametrize("error", [LanguageNotSupported("he", "tiny.en", ["en"]), AudioUnreadable("cut short")])
async def test_what_the_engine_can_not_do_is_said(
    bench: Bench, media: Media, engine_at_hand: FakeEngine, error: LanguageNotSupported | AudioUnreadable
) -> None:
    """A language that the model doesn't know, or broken sound, fails for good with the way out."""
    engine_at_hand.error = error
    taken = await bench.take(Kind.TRANSCRIBE, media.id)
    with pytest.raises(Unworkable) as reason:
        await transcribe(bench.tools, taken)
    assert (reason.value.code, reason.value.reason) == (error.code, error.detail)


async def test_item_without_sound_fails(bench: Bench, tmp_path: Path) -> None:
    """Without an inference rendition there is nothing to listen to."""
    media = await bench.media(b"x", tmp_path, Status.TRANSCRIBING)
    await bench.asked(media)
    taken = await bench.take(Kind.TRANSCRIBE, media.id)
    with pytest.raises(Unworkable, match="no sound"):
        await transcribe(bench.tools, taken)


async def test_nothing_is_heard_that_nobody_asks_for(
    bench: Bench, media: Media, engine_at_hand: FakeEngine, tmp_path: Path
) -> None:
    """A task that comes late finds the text there, or the item deleted, and does not begin anew."""
    await run(bench, media)
    deleted = await bench.media(b"x", tmp_path, Status.DELETING)
    await bench.asked(deleted)
    for late in (media, deleted):
        taken = await bench.take(Kind.TRANSCRIBE, late.id)
        await bench.write(taken, await transcribe(bench.tools, taken))
    assert len(engine_at_hand.asked) == 1


async def test_engine_is_told_what_was_asked_for(bench: Bench, engine_at_hand: FakeEngine, tmp_path: Path) -> None:
    """The transcript's own language and model count, and what was heard is kept with it."""
    asked = await bench.unheard(tmp_path, asked_language="en-GB", wish={"model": "base"})
    await run(bench, await bench.read(asked.media_id))
    [written] = await bench.transcripts(asked.media_id)
    assert engine_at_hand.asked == [("en-GB", "base")]
    assert (written.model, written.language, written.started_at is not None) == ("base", "en-GB", True)


async def test_expired_renditions_are_made_again(bench: Bench, tmp_path: Path) -> None:
    """When the renditions are gone, the item begins again with its source, and ends with the text asked for."""
    asked = await bench.unheard(tmp_path, content=SAMPLE.read_bytes())
    await bench.tools.store.delete_under(bench.tools.settings.aws.processed_bucket, f"{bench.owner}/{asked.media_id}/")
    media = await run(bench, await bench.read(asked.media_id))
    assert (media.status, await bench.waiting(media.id)) == (Status.RECEIVED, [Kind.TRANSCODE])
    taken = await bench.take(Kind.TRANSCODE, media.id)
    await bench.write(taken, await transcode(bench.tools, taken))
    media = await run(bench, media)
    assert (media.status, media.duration_ms) == (Status.COMPLETED, 7100)
    assert [(found.id, found.text) for found in await bench.transcripts(media.id)] == [(asked.id, "Good morning")]


async def test_worker_without_an_engine_does_not_try(bench: Bench, media: Media) -> None:
    """Transcription that reaches the wrong worker is an error of ours, not of the recording."""
    taken = await bench.take(Kind.TRANSCRIBE, media.id)
    with pytest.raises(LookupError):
        await transcribe(replace(bench.tools, engine=None), taken)
