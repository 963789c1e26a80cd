"""Texts as files that stay."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from server.media.kinds import MediaKind
from server.media.models import Media, Rendition
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline import outgoing
from server.pipeline.erase import erase
from server.pipeline.flow import remake
from server.pipeline.store_text import item_of, store_text, text_address
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.service import Fenced
from server.transcription.engines.base import Segment, Word
from server.transcription.formats import FORMATS, Transcription
from server.transcription.models import Transcript
from server.transcription.repository import TranscriptRepository
from tests.pipeline.conftest import Bench

WORDS = (Word(0, 400, "שלום", 0.9),)
SAID = [Segment(0, 900, "שלום <b>", WORDS, 0.9, "Ada"), Segment(900, 1000, "bye")]


async def heard(bench: Bench, folder: Path, kind: MediaKind = MediaKind.AUDIO) -> tuple[Media, Transcript]:
    """Make an item with a text."""
    media = await bench.media(b"x", folder, Status.COMPLETED, duration_ms=1000, kind=kind)
    transcript = await bench.asked(media, finished_at=datetime.now(UTC), language="he")
    async with bench.tools.units.begin() as work:
        await TranscriptRepository(work).add_segments(transcript.id, 0, SAID)
    return media, transcript


async def store(bench: Bench, media: Media) -> None:
    """Run the stage."""
    taken = await bench.take(Kind.STORE_TEXT, media.id)
    await bench.write(taken, await store_text(bench.tools, taken))


async def stored(bench: Bench, media: Media) -> Any:
    """Read the file."""
    address = text_address(bench.tools.settings.aws, media)
    assert item_of(address.key) == media.id
    return json.loads(await bench.tools.store.read_start(address, 100_000))


async def correct(bench: Bench, transcript: Transcript) -> None:
    """Change a text as an editor does, and have it stored."""
    async with bench.tools.units.begin() as work:
        next_one = update(Transcript).where(Transcript.id == transcript.id).values(version=Transcript.version + 1)
        await work.session.execute(next_one)
        await outgoing.store_text(work, transcript.media_id, bench.owner)


async def test_file_says_whose_text_it_is(bench: Bench, tmp_path: Path) -> None:
    """It lies by its owner and the day, and is the JSON that everybody gets, with what it is of before that."""
    media, transcript = await heard(bench, tmp_path)
    async with bench.tools.units.begin() as work:
        await outgoing.tell(work, await work.session.get_one(Media, media.id))
    assert Kind.STORE_TEXT in await bench.waiting(media.id)
    await store(bench, media)
    text = json.loads(b"".join(FORMATS["json"].write(Transcription("he", 1000, SAID))))
    assert await stored(bench, media) == text | {
        "id": str(media.id),
        "owner": str(bench.owner),
        "created": media.created_at.astimezone(UTC).isoformat(),
        "engine": "whisper",
        "model": transcript.model,
        "version": 0,
    }
    key = text_address(bench.tools.settings.aws, media).key
    assert key == f"{bench.owner}/{datetime.now(UTC):%Y-%m-%d}/text/{media.id}.json"


async def test_no_correction_is_missed(bench: Bench, tmp_path: Path) -> None:
    """A text that changes while it is being stored is stored once more, and one that doesn't isn't."""
    media, transcript = await heard(bench, tmp_path)
    taken = await bench.take(Kind.STORE_TEXT, media.id)
    outcome = await store_text(bench.tools, taken)
    await correct(bench, transcript)
    assert await bench.waiting(media.id) == []
    await bench.write(taken, outcome)
    assert await bench.waiting(media.id) == [Kind.STORE_TEXT]
    await store(bench, media)
    assert (await stored(bench, media))["version"] == 1
    assert await bench.waiting(media.id) == []


async def test_attempt_that_comes_too_late_has_it_stored_again(bench: Bench, tmp_path: Path) -> None:
    """It may have written an older text over a newer one; one that sees in time that it is late writes nothing."""
    media, _ = await heard(bench, tmp_path)
    taken = await bench.take(Kind.STORE_TEXT, media.id)
    late = await store_text(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        await tasks.withdraw(work.session, media.id)
    address = text_address(bench.tools.settings.aws, media)
    await bench.tools.store.delete([address])
    with pytest.raises(Fenced):
        await store_text(bench.tools, taken)
    assert await bench.tools.store.head(address) is None
    await late.discard()
    assert await bench.waiting(media.id) == [Kind.STORE_TEXT]


async def test_text_goes_with_its_item(bench: Bench, tmp_path: Path) -> None:
    """Erasing removes it; what an attempt under way still writes it removes again."""
    media, _ = await heard(bench, tmp_path)
    await store(bench, media)
    taken = await bench.take(Kind.STORE_TEXT, media.id)
    late = await store_text(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        await tasks.withdraw(work.session, media.id)
        (await work.session.get_one(Media, media.id)).become(Status.DELETING)
    erasing = await bench.take(Kind.ERASE, media.id)
    await bench.write(erasing, await erase(bench.tools, erasing))
    address = text_address(bench.tools.settings.aws, media)
    assert await bench.tools.store.head(address) is None
    await bench.put(b"{}", address.key, tmp_path, address.bucket)
    await late.discard()
    assert await bench.tools.store.head(address) is None


async def captions(bench: Bench, media: Media) -> tuple[Rendition, bytes]:
    """Read a video's captions."""
    async with bench.tools.units.begin() as work:
        found = await MediaRepository(work).rendition(media.id, "captions")
    assert found is not None
    return found, await bench.tools.store.read_start(found.address, 100_000)


async def test_video_has_its_text_as_captions(bench: Bench, tmp_path: Path) -> None:
    """Each text takes the place of the one before it; what has expired comes back as it was; sound has none."""
    media, transcript = await heard(bench, tmp_path, MediaKind.VIDEO)
    await store(bench, media)
    first, content = await captions(bench, media)
    assert content == b"".join(FORMATS["vtt"].write(Transcription("he", 1000, SAID)))
    assert (first.content_type, first.size) == ("text/vtt", len(content))
    await correct(bench, transcript)
    await store(bench, media)
    second, _ = await captions(bench, media)
    assert await bench.tools.store.head(first.address) is None
    await bench.tools.store.delete([second.address])
    async with bench.tools.units.begin() as work:
        await remake(work, await work.session.get_one(Media, media.id), "captions")
    await store(bench, media)
    assert (await captions(bench, media))[1] == content
    sound, _ = await heard(bench, tmp_path)
    await store(bench, sound)
    async with bench.tools.units.begin() as work:
        assert await MediaRepository(work).renditions(sound.id) == []


async def test_captions_that_come_too_late_go_again(bench: Bench, tmp_path: Path) -> None:
    """Of an attempt that lost its task nothing stays but the text, which is stored again."""
    media, _ = await heard(bench, tmp_path, MediaKind.VIDEO)
    taken = await bench.take(Kind.STORE_TEXT, media.id)
    late = await store_text(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        await tasks.withdraw(work.session, media.id)
    await late.discard()
    prefix = f"{media.owner_id}/{media.id}/"
    assert [page async for page in bench.tools.store.pages(bench.tools.settings.aws.processed_bucket, prefix)] == [[]]
    assert await bench.waiting(media.id) == [Kind.STORE_TEXT]
