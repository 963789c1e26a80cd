"""What an owner asks of the transcription goes all the way to the engine."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.configuration.processing import EngineName
from server.media.models import Media
from server.pipeline.intake import intake
from server.pipeline.transcode import transcode
from server.tasks.models import Kind
from server.tasks.stage import Unworkable
from tests.conftest import SAMPLE
from tests.pipeline.conftest import Bench


async def taken_in(bench: Bench, folder: Path, wish: dict[str, Any], language: str | None = None) -> Media:
    """Upload a recording, up to where its transcript is asked for."""
    upload = await bench.upload(SAMPLE.read_bytes(), folder, wish=wish, language=language)
    taken = await bench.take(Kind.INTAKE, upload.id)
    await bench.write(taken, await intake(bench.tools, taken))
    media_id = (await bench.read_upload(upload.id)).media_id
    assert media_id is not None
    taken = await bench.take(Kind.TRANSCODE, media_id)
    await bench.write(taken, await transcode(bench.tools, taken))
    return await bench.read(media_id)


@pytest.mark.parametrize(
    ("wish", "language", "listener", "model", "kind"),
    [
        ({}, None, "whisper", "tiny.en", Kind.TRANSCRIBE),
        ({"engine": "whisper", "model": "tiny.en"}, "en", "whisper", "tiny.en", Kind.TRANSCRIBE),
        (
            {"engine": "aws", "speakers": 2, "vocabulary": "names", "redact": True},
            "en-US",
            "aws",
            "amazon-transcribe",
            Kind.SUBMIT,
        ),
    ],
)
async def test_wish_is_kept_with_the_transcript(
    bench: Bench, tmp_path: Path, wish: dict[str, Any], language: str | None, listener: str, model: str, kind: Kind
) -> None:
    """Engine, model, language and options are those that were asked for, and the engine's own stage is next."""
    media = await taken_in(bench, tmp_path, wish, language)
    [asked] = await bench.transcripts(media.id)
    assert (asked.engine, asked.model, asked.asked_language, asked.wish) == (listener, model, language, wish)
    assert await bench.waiting(media.id) == [kind]


async def test_too_long_a_recording_goes_to_the_other_engine(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the service's own choice of engine can't take is given to its second, but not against the owner's word."""
    monkeypatch.setattr("server.transcription.engines.amazon_limits.LONGEST_S", 5)
    offer = replace(bench.tools.offer, default=EngineName.AWS, fallback=EngineName.WHISPER)
    bench = Bench(replace(bench.tools, offer=offer), bench.owner)
    media = await taken_in(bench, tmp_path, {})
    assert [asked.engine for asked in await bench.transcripts(media.id)] == ["whisper"]
    with pytest.raises(Unworkable) as reason:
        await taken_in(bench, tmp_path, {"engine": "aws"})
    assert reason.value.code == "engine_too_long"
