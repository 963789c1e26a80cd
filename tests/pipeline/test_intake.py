"""Taking in what was uploaded."""

from pathlib import Path
from typing import Any

import pytest

from server.media.kinds import MediaKind, Pictures
from server.media.state import Status
from server.pipeline.intake import intake
from server.settings import MEGABYTE
from server.tasks.models import Kind
from server.uploads.models import Upload
from server.uploads.state import UploadStatus
from tests.conftest import SAMPLE
from tests.pipeline.conftest import Bench

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


async def take_in(bench: Bench, upload: Upload) -> Upload:
    """Run the stage and read what became of the upload."""
    taken = await bench.take(Kind.INTAKE, upload.id)
    await bench.write(taken, await intake(bench.tools, taken))
    async with bench.tools.units.begin() as work:
        return await work.session.get_one(Upload, upload.id)


async def test_good_bytes_become_an_item(bench: Bench, tmp_path: Path) -> None:
    """The upload is accepted, and its item is to be transcoded."""
    upload = await take_in(bench, await bench.upload(SAMPLE.read_bytes(), tmp_path))
    assert upload.status is UploadStatus.UPLOADED
    assert upload.media_id is not None
    media = await bench.read(upload.media_id)
    assert (media.status, media.kind, media.owner_id) == (Status.RECEIVED, MediaKind.AUDIO, bench.owner)
    assert await bench.waiting(media.id) == [Kind.TRANSCODE]


async def test_taking_in_twice_makes_one_item(bench: Bench, tmp_path: Path) -> None:
    """A task that comes again finds its upload decided."""
    first = await take_in(bench, await bench.upload(SAMPLE.read_bytes(), tmp_path))
    assert (await take_in(bench, first)).media_id == first.media_id


async def test_picture_is_to_be_made_ready(bench: Bench, tmp_path: Path) -> None:
    """A picture has nothing to transcribe, and waits in a queue of its own to be shown."""
    wish: dict[str, Any] = {"kind": MediaKind.IMAGE, "content_type": "image/png"}
    upload = await take_in(bench, await bench.upload(PNG, tmp_path, **wish))
    assert upload.media_id is not None
    media = await bench.read(upload.media_id)
    assert (media.kind, media.status, media.pictures) == (MediaKind.IMAGE, Status.RECEIVED, Pictures.UNDER_WAY)
    assert await bench.waiting(media.id) == [Kind.PICTURES]


@pytest.mark.parametrize(
    ("content", "changed", "code"),
    [
        (b"just some text, whatever its name", {}, "not_media"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", {}, "not_media"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", {}, "not_media"),
        (SAMPLE.read_bytes(), {"size": 1}, "size_mismatch"),
        (PNG, {}, "content_mismatch"),
        (PNG + b"<script>", {"kind": MediaKind.IMAGE, "content_type": "image/png"}, "polyglot"),
        (SAMPLE.read_bytes(), {"kind": MediaKind.IMAGE, "content_type": "image/png"}, "content_mismatch"),
    ],
)
async def test_bad_bytes_are_rejected_and_removed(
    bench: Bench, tmp_path: Path, content: bytes, changed: dict[str, Any], code: str
) -> None:
    """Each fault has its code, and a sentence that says what to do; the bytes are not kept."""
    upload = await take_in(bench, await bench.upload(content, tmp_path, **changed))
    assert (upload.status, upload.error_code, upload.media_id) == (UploadStatus.REJECTED, code, None)
    assert upload.error_message
    assert await bench.tools.store.head(upload.address) is None


async def test_sound_can_not_pass_for_video(bench: Bench, tmp_path: Path) -> None:
    """The larger limit of video is not for sound that is only called so."""
    bench.tools.settings.uploads.max_audio_mb = 1
    content = SAMPLE.read_bytes() + bytes(MEGABYTE)
    wish: dict[str, Any] = {"kind": MediaKind.VIDEO, "content_type": "video/mp4"}
    upload = await take_in(bench, await bench.upload(content, tmp_path, **wish))
    assert (upload.status, upload.error_code) == (UploadStatus.REJECTED, "upload_too_large")


async def test_bytes_that_are_gone_again_change_nothing(bench: Bench, tmp_path: Path) -> None:
    """News of an object that isn't there leaves the upload waiting."""
    upload = await bench.upload(b"x", tmp_path)
    await bench.tools.store.delete([upload.address])
    assert (await take_in(bench, upload)).status is UploadStatus.PENDING
