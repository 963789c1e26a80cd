"""A picture's way from its bytes to what is shown of it."""

import hashlib
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.aws.store import Address
from server.media.kinds import MediaKind, Pictures
from server.media.models import Media
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline.erase import erase
from server.pipeline.intake import intake
from server.pipeline.pictures import fail_pictures, pictures
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.stage import Unworkable
from tests.images.gallery import CANARY, SIZE, corners, encoded, turned
from tests.pipeline.conftest import Bench
from tests.pipeline.test_erase import objects
from tests.results.conftest import know
from tests.tokens import Pool

PHOTO = turned("JPEG", 6)


@pytest.fixture
async def mine(bench: Bench, pool: Pool) -> Bench:
    """The same bench, whose owner asks by HTTP, too."""
    return Bench(bench.tools, await know(bench.tools.units, pool, "me"))


async def photo(bench: Bench, folder: Path, content: bytes = PHOTO, **changed: Any) -> Media:
    """Put a picture that has just come in."""
    coming = {"kind": MediaKind.IMAGE, "content_type": "image/jpeg", "pictures": Pictures.UNDER_WAY}
    return await bench.media(content, folder, **(coming | changed))


async def develop(bench: Bench, media: Media) -> Media:
    """Do what is to be done for a picture, to whichever end, and read what became of it."""
    taken = await bench.take(Kind.PICTURES, media.id)
    try:
        await bench.write(taken, await pictures(bench.tools, taken))
    except Unworkable as reason:
        async with bench.tools.units.begin() as work:
            await tasks.give_up(work.session, taken, reason.reason)
            await fail_pictures(work, taken, reason)
    return await bench.read(media.id)


async def renditions(bench: Bench, media: Media) -> dict[str, tuple[Address, bytes]]:
    """Read what there is to be seen of a picture."""
    async with bench.tools.units.begin() as work:
        known = {rendition.name: rendition.address for rendition in await MediaRepository(work).renditions(media.id)}
    return {name: (address, await bench.tools.store.read_start(address, 100_000)) for name, address in known.items()}


async def test_picture_comes_in_and_is_shown(bench: Bench, tmp_path: Path) -> None:
    """It is upright, as large as it is shown, and nobody learns from it where it was made."""
    sent = await bench.upload(PHOTO, tmp_path, kind=MediaKind.IMAGE, content_type="image/jpeg")
    taken = await bench.take(Kind.INTAKE, sent.id)
    await bench.write(taken, await intake(bench.tools, taken))
    media_id = (await bench.read_upload(sent.id)).media_id
    assert media_id is not None
    media = await develop(bench, await bench.read(media_id))
    assert (media.status, media.pictures, (media.width, media.height)) == (Status.COMPLETED, Pictures.READY, SIZE)
    shown = await renditions(bench, media)
    assert shown.keys() == {"web", "thumbnail"}
    assert CANARY.encode() in PHOTO
    assert not any(CANARY.encode() in content for _, content in shown.values())


async def test_rendition_that_was_deleted_is_made_again_to_the_byte(
    mine: Bench, http: httpx.AsyncClient, pool: Pool, tmp_path: Path
) -> None:
    """Whoever asks for it is told to wait a little; then it is what it was, and the other stays as it is."""
    media = await develop(mine, await photo(mine, tmp_path))
    before = await renditions(mine, media)
    await mine.tools.store.delete([before["thumbnail"][0]])
    path = f"/results/{media.id}/renditions/thumbnail"
    assert (await http.get(path, headers=pool.person("me"))).status_code == 202
    await develop(mine, media)
    after = await renditions(mine, media)
    assert after["thumbnail"][1] == before["thumbnail"][1]
    assert after["web"] == before["web"]
    assert (await http.get(path, headers=pool.person("me"))).status_code == 307
    assert (await http.get(path, headers=pool.person("somebody else"))).status_code == 404


@pytest.mark.parametrize(
    ("content", "changed", "code"),
    [
        (encoded(corners((640, 480)), "JPEG")[:4000], {}, "incomplete"),
        (PHOTO + b"Rar!\x1a\x07\x00", {}, "polyglot"),
        (PHOTO, {"sha256": hashlib.sha256(b"another").hexdigest()}, "checksum_mismatch"),
    ],
)
async def test_picture_that_can_not_be_shown_says_why(
    bench: Bench, tmp_path: Path, content: bytes, changed: dict[str, Any], code: str
) -> None:
    """It has failed, with a reason that its owner can act on, and nothing of it is left but the source."""
    media = await develop(bench, await photo(bench, tmp_path, content, **changed))
    assert (media.status, media.error_code, media.pictures) == (Status.FAILED, code, Pictures.FAILED)
    assert media.pictures_error_message
    assert await objects(bench, media) == 1


async def test_picture_is_tried_again_and_leaves_nothing_when_deleted(
    mine: Bench, http: httpx.AsyncClient, pool: Pool, tmp_path: Path
) -> None:
    """Once larger ones are taken it can be shown; and when its owner deletes it, all of it goes."""
    uploads = mine.tools.settings.uploads
    most, uploads.max_image_megapixels = uploads.max_image_megapixels, 0
    media = await develop(mine, await photo(mine, tmp_path))
    assert (media.status, media.error_code) == (Status.FAILED, "too_many_pixels")
    uploads.max_image_megapixels = most
    assert (await http.post(f"/results/{media.id}/retry", headers=pool.person("me"))).status_code == 202
    assert (await develop(mine, media)).status is Status.COMPLETED
    assert await objects(mine, media) == 3
    assert (await http.delete(f"/results/{media.id}", headers=pool.person("me"))).is_success
    taken = await mine.take(Kind.ERASE, media.id)
    await mine.write(taken, await erase(mine.tools, taken))
    assert await objects(mine, media) == 0


async def test_picture_that_was_asked_for_while_it_failed_is_tried_again(bench: Bench, tmp_path: Path) -> None:
    """When it can be shown after all, it has not failed."""
    media = await develop(bench, await photo(bench, tmp_path, status=Status.FAILED, pictures=Pictures.FAILED))
    assert (media.status, media.pictures) == (Status.COMPLETED, Pictures.READY)


async def test_picture_that_was_asked_for_while_it_was_deleted_stays_deleted(bench: Bench, tmp_path: Path) -> None:
    """Such a task may not have been withdrawn; nothing says that it has renditions."""
    media = await photo(bench, tmp_path)
    taken = await bench.take(Kind.PICTURES, media.id)
    outcome = await pictures(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        (await MediaRepository(work).get_for_change(media.id)).become(Status.DELETING)
    await bench.write(taken, outcome)
    assert await renditions(bench, media) == {}
