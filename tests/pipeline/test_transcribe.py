"""From sound to text."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from server.media.models import Media, Rendition
from server.media.state import Status
from server.pipeline import transcribe as stage
from server.pipeline.transcribe import transcribe
from server.tasks.models import Kind
from server.tasks.stage import Unworkable
from server.transcription.engines.errors import AudioUnreadable, EngineFailed, LanguageNotSupported
from server.transcription.models import Transcript, TranscriptSegment
from tests.pipeline.conftest import Bench, FakeEngine


@pytest.fixture
async def media(bench: Bench, tmp_path: Path) -> Media:
    """An item that waits to be transcribed."""
    media = await bench.media(b"sound", tmp_path, Status.TRANSCRIBING, duration_ms=1000)
    rendition = Rendition(
        media_id=media.id,
        name="inference",
        bucket=media.source_bucket,
        key=media.source_key,
        content_type="audio/flac",
        size=5,
    )
    async with bench.tools.units.begin() as work:
        work.session.add(rendition)
    return media


async def run(bench: Bench, media: Media) -> Media:
    """Run the stage and read the item anew."""
    taken = await bench.take(Kind.TRANSCRIBE, media.id)
    await bench.write(taken, await transcribe(bench.tools, taken))
    return await bench.read(media.id)


async def transcripts(bench: Bench, media_id: UUID) -> list[tuple[str, bool, list[str]]]:
    """Read all transcripts of an item: the text, whether it is finished, and its segments."""
    async with bench.tools.units.begin() as work:
        found = await work.session.execute(select(Transcript).where(Transcript.media_id == media_id))
        return [
            (
                transcript.text,
                transcript.finished_at is not None,
                list(
                    (
                        await work.session.execute(
                            select(TranscriptSegment.text)
                            .where(TranscriptSegment.transcript_id == transcript.id)
                            .order_by(TranscriptSegment.index)
                        )
                    ).scalars()
                ),
            )
            for transcript in found.scalars()
        ]


@pytest.mark.parametrize("write_seconds", [0.0, 60.0])
async def test_text_is_written_however_often(
    bench: Bench, media: Media, monkeypatch: pytest.MonkeyPatch, write_seconds: float
) -> None:
    """Segment by segment or all at the end, the transcript is the same, and whole."""
    monkeypatch.setattr(stage, "WRITE_SECONDS", write_seconds)
    media = await run(bench, media)
    assert (media.status, media.heard_ms, media.progress) == (Status.COMPLETED, 1000, 1.0)
    assert await transcripts(bench, media.id) == [("Good morning", True, ["Good", "morning"])]


async def test_silence_completes_without_text(bench: Bench, media: Media, engine_at_hand: FakeEngine) -> None:
    """A recording in which nothing is said is no failure."""
    engine_at_hand.texts = []
    assert (await run(bench, media)).status is Status.COMPLETED
    assert await transcripts(bench, media.id) == [("", True, [])]


async def test_second_attempt_begins_anew(
    bench: Bench, media: Media, engine_at_hand: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a lost attempt had written is replaced, not added to."""
    monkeypatch.setattr(stage, "WRITE_SECONDS", 0.0)
    engine_at_hand.error = EngineFailed("killed")
    taken = await bench.take(Kind.TRANSCRIBE, media.id)
    with pytest.raises(EngineFailed):
        await transcribe(bench.tools, taken)
    assert await transcripts(bench, media.id) == [("", False, ["Good", "morning"])]
    engine_at_hand.error = None
    await bench.write(taken, await transcribe(bench.tools, taken))
    assert await transcripts(bench, media.id) == [("Good morning", True, ["Good", "morning"])]


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
    taken = await bench.take(Kind.TRANSCRIBE, media.id)
    with pytest.raises(Unworkable, match="no sound"):
        await transcribe(bench.tools, taken)
