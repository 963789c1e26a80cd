"""From the source to its renditions."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from server.aws.store import Address, Store
from server.configuration.processing import EngineName
from server.media.kinds import MediaKind, Pictures
from server.media.models import Media, Rendition
from server.media.state import Status
from server.pipeline.endings import fail_media
from server.pipeline.transcode import transcode
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.stage import Failed, Unworkable
from server.transcription.engines import amazon_limits
from tests.conftest import SAMPLE
from tests.pipeline.conftest import Bench

NAMES = ["inference", "light", "main", "peaks", "short"]


async def renditions(bench: Bench, media_id: UUID) -> list[Rendition]:
    """Read an item's renditions by name."""
    async with bench.tools.units.begin() as work:
        query = select(Rendition).where(Rendition.media_id == media_id).order_by(Rendition.name)
        return list((await work.session.execute(query)).scalars())


async def render(bench: Bench, media: Media) -> Media:
    """Run the stage and read the item anew."""
    taken = await bench.take(Kind.TRANSCODE, media.id)
    await bench.write(taken, await transcode(bench.tools, taken))
    return await bench.read(media.id)


async def test_sound_gets_every_rendition(bench: Bench, tmp_path: Path) -> None:
    """One run makes all five, measures the length, and the text comes next."""
    media = await render(bench, await bench.media(SAMPLE.read_bytes(), tmp_path))
    assert (media.status, media.duration_ms, media.kind) == (Status.TRANSCRIBING, 7100, MediaKind.AUDIO)
    made = await renditions(bench, media.id)
    assert [rendition.name for rendition in made] == NAMES
    for rendition in made:
        stored = await bench.tools.store.head(rendition.address)
        assert stored is not None
        assert stored.size == rendition.size > 0
    outline = json.loads(await bench.tools.store.read_start(made[3].address, 1_000_000))
    assert len(outline["data"]) == 2 * outline["length"] > 0
    assert await bench.waiting(media.id) == [Kind.TRANSCRIBE]
    assert {file.name for file in bench.tools.settings.work.folder.rglob("*") if file.is_file()} == {"lock"}


async def test_overtaken_attempt_removes_what_it_made(bench: Bench, tmp_path: Path) -> None:
    """The objects of an attempt that lost its task don't stay behind, and the winner's are untouched."""
    media = await bench.media(SAMPLE.read_bytes(), tmp_path)
    taken = await bench.take(Kind.TRANSCODE, media.id)
    late = await transcode(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        await tasks.hand_back(work.session, taken)
    second = await bench.take(Kind.TRANSCODE, media.id)
    winner = await transcode(bench.tools, second)
    await late.discard()
    await bench.write(second, winner)
    for rendition in await renditions(bench, media.id):
        assert await bench.tools.store.head(rendition.address) is not None
    page = await bench.tools.store.clients.s3.list_objects_v2(
        Bucket=bench.tools.settings.aws.processed_bucket, Prefix=f"{media.owner_id}/{media.id}/"
    )
    assert page["KeyCount"] == len(NAMES)


async def test_finished_item_is_left_alone(bench: Bench, tmp_path: Path) -> None:
    """A task that comes late finds its item past the stage and does nothing."""
    media = await bench.media(SAMPLE.read_bytes(), tmp_path, Status.COMPLETED)
    assert (await render(bench, media)).status is Status.COMPLETED
    assert await renditions(bench, media.id) == []


@pytest.mark.parametrize(
    ("content", "changed", "code"),
    [
        (SAMPLE.read_bytes(), {"sha256": "0" * 64}, "checksum_mismatch"),
        (SAMPLE.read_bytes()[:20], {}, "unreadable"),
        (SAMPLE.read_bytes()[: SAMPLE.stat().st_size // 2], {}, "incomplete"),
        (b"RIFF" + bytes(200), {}, "not_media"),
        (b"nothing that is known", {}, "not_media"),
    ],
)
async def test_bad_sources_fail_with_a_reason(
    bench: Bench, tmp_path: Path, content: bytes, changed: dict[str, str], code: str
) -> None:
    """What can't be decoded fails for good, with a code and a sentence."""
    media = await bench.media(content, tmp_path, sha256=changed.get("sha256"))
    taken = await bench.take(Kind.TRANSCODE, media.id)
    with pytest.raises(Unworkable) as reason:
        await transcode(bench.tools, taken)
    assert reason.value.code == code
    async with bench.tools.units.begin() as work:
        await fail_media(work, taken, reason.value)
    failed = await bench.read(media.id)
    assert (failed.status, failed.error_code, failed.error_message) == (Status.FAILED, code, reason.value.reason)


async def test_too_long_a_recording_is_refused(bench: Bench, tmp_path: Path) -> None:
    """The longest recording is a setting."""
    bench.tools.settings.work.max_media_hours = 5 / 3600
    taken = await bench.take(Kind.TRANSCODE, (await bench.media(SAMPLE.read_bytes(), tmp_path)).id)
    with pytest.raises(Unworkable, match="longer than"):
        await transcode(bench.tools, taken)


async def test_too_long_for_one_engine_is_not_too_long_for_another(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the engine that was wished for can't take fails early, and goes on once another one is asked for."""
    monkeypatch.setattr(amazon_limits, "LONGEST_S", 5)
    media = await bench.media(SAMPLE.read_bytes(), tmp_path, wish={"engine": "aws"})
    taken = await bench.take(Kind.TRANSCODE, media.id)
    with pytest.raises(Unworkable) as reason:
        await transcode(bench.tools, taken)
    assert reason.value.code == "engine_too_long"
    await bench.asked(media, wish={"engine": "whisper"})
    await bench.write(taken, await transcode(bench.tools, taken))
    assert await bench.waiting(media.id) == [Kind.TRANSCRIBE]


async def test_what_is_too_long_after_all_goes_to_the_fallback(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine that was chosen before the length was known is exchanged, where nobody named it."""
    monkeypatch.setattr(amazon_limits, "LONGEST_S", 5)
    offer = replace(bench.tools.offer, default=EngineName.AWS, fallback=EngineName.WHISPER)
    tools = replace(bench.tools, offer=offer)
    media = await bench.media(SAMPLE.read_bytes(), tmp_path)
    await bench.asked(media, EngineName.AWS)
    taken = await bench.take(Kind.TRANSCODE, media.id)
    await bench.write(taken, await transcode(tools, taken))
    [asked] = await bench.transcripts(media.id)
    assert (asked.engine, asked.model) == ("whisper", offer.models and offer.models.default.name)
    assert await bench.waiting(media.id) == [Kind.TRANSCRIBE]


async def test_crash_of_ffmpeg_may_be_a_hiccup(bench: Bench, tmp_path: Path) -> None:
    """It is tried again; when the last attempt crashes too, the reason is the file's."""
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nkill -SEGV $$\n")
    program.chmod(0o755)
    taken = await bench.take(Kind.TRANSCODE, (await bench.media(SAMPLE.read_bytes(), tmp_path)).id)
    with pytest.raises(Failed) as reason:
        await transcode(replace(bench.tools, ffmpeg=program), taken)
    assert reason.value.code == "undecodable"


async def test_half_put_attempt_leaves_nothing(bench: Bench, tmp_path: Path) -> None:
    """When S3 fails among the renditions, those already there are removed."""

    class Flaky(Store):
        async def put(self, address: Address, source: Path, content_type: str) -> None:
            if address.key.endswith("short.mp3"):
                raise OSError("S3 is away")
            await super().put(address, source, content_type)

    media = await bench.media(SAMPLE.read_bytes(), tmp_path)
    tools = replace(bench.tools, store=Flaky(bench.tools.store.clients))
    with pytest.raises(OSError, match="S3 is away"):
        await transcode(tools, await bench.take(Kind.TRANSCODE, media.id))
    page = await tools.store.clients.s3.list_objects_v2(
        Bucket=tools.settings.aws.processed_bucket, Prefix=f"{media.owner_id}/{media.id}/"
    )
    assert page["KeyCount"] == 0


async def test_source_that_was_overwritten_is_not_used(bench: Bench, tmp_path: Path) -> None:
    """A form that is sent again after it was accepted can't slip other bytes in."""
    media = await bench.media(SAMPLE.read_bytes(), tmp_path)
    await bench.put(SAMPLE.read_bytes()[:-2] + b"xx", media.source.key, tmp_path)
    with pytest.raises(Unworkable) as reason:
        await transcode(bench.tools, await bench.take(Kind.TRANSCODE, media.id))
    assert reason.value.code == "source_changed"


async def test_silent_video_is_complete_without_text(bench: Bench, tmp_path: Path) -> None:
    """A video without sound has nothing to transcribe, and is shown all the same."""
    film = tmp_path / "film.mp4"
    picture = ("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=5:duration=1", "-c:v", "mpeg4")
    command = (bench.tools.ffmpeg, "-loglevel", "error", *picture, film)
    assert await (await asyncio.create_subprocess_exec(*command)).wait() == 0
    media = await bench.media(film.read_bytes(), tmp_path)
    asked = await bench.asked(media)  # as who retries a failed one has done
    media = await render(bench, media)
    assert (media.status, media.kind, media.pictures) == (Status.COMPLETED, MediaKind.VIDEO, Pictures.UNDER_WAY)
    assert await bench.waiting(media.id) == [Kind.PICTURES]
    assert await renditions(bench, media.id) == []
    [closed] = await bench.transcripts(media.id)
    assert (closed.id, closed.error_code) == (asked.id, "no_sound")
