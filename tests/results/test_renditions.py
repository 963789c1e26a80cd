"""Forms of a result's content that are not there."""

import httpx
import pytest

from server.aws.store import Address, Store
from server.media.kinds import MediaKind, Pictures
from server.media.state import Status
from server.tasks.models import Kind
from tests.results.conftest import Shelf

Headers = dict[str, str]


@pytest.mark.parametrize(
    ("kind", "name", "task"),
    [
        (MediaKind.AUDIO, "peaks", Kind.REMAKE),
        (MediaKind.VIDEO, "light", Kind.REMAKE),
        (MediaKind.VIDEO, "poster", Kind.PICTURES),
        (MediaKind.VIDEO, "captions", Kind.STORE_TEXT),
        (MediaKind.IMAGE, "thumbnail", Kind.PICTURES),
    ],
)
async def test_what_has_expired_is_made_again(
    http: httpx.AsyncClient, shelf: Shelf, store: Store, mine: Headers, kind: MediaKind, name: str, task: Kind
) -> None:
    """Whoever asks is told to look again; however often one asks, it is made once."""
    result_id = await shelf.add(kind=kind, pictures=Pictures.READY, duration_ms=None if kind == "image" else 1000)
    await shelf.put_source(result_id)
    await shelf.add_transcript(result_id, "Good")
    await shelf.put_rendition(result_id, name, b"0", "text/plain")
    path = f"/results/{result_id}/renditions/{name}"
    assert (await http.get(path, headers=mine)).status_code == 307
    key = f"{shelf.owner}/{result_id}/{name}"
    await store.delete([Address(shelf.settings.aws.processed_bucket, key)])
    for _ in range(2):
        awaited = await http.get(path, headers=mine)
        assert (awaited.status_code, awaited.json()) == (202, {"name": name, "status": "under_way"})
        assert awaited.headers["retry-after"] == "5"
    assert await shelf.work_for(result_id) == [task]


async def test_without_a_source_nothing_is_made(http: httpx.AsyncClient, shelf: Shelf, mine: Headers) -> None:
    """What can't be made again is told as gone; and so is the source itself."""
    result_id = await shelf.add()
    for name in ("light", "source"):
        answer = await http.get(f"/results/{result_id}/renditions/{name}", headers=mine)
        assert (answer.status_code, answer.json()["code"]) == (409, "source_gone")
    assert await shelf.work_for(result_id) == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [(MediaKind.AUDIO, "web"), (MediaKind.AUDIO, "captions"), (MediaKind.IMAGE, "light"), (MediaKind.IMAGE, "poster")],
)
async def test_what_a_kind_does_not_have(
    http: httpx.AsyncClient, shelf: Shelf, mine: Headers, kind: MediaKind, name: str
) -> None:
    """A recording has no picture, and a picture no sound: nothing is begun."""
    result_id = await shelf.add(kind=kind, duration_ms=None if kind == "image" else 1000)
    await shelf.put_source(result_id)
    assert (await http.get(f"/results/{result_id}/renditions/{name}", headers=mine)).status_code == 404
    assert await shelf.work_for(result_id) == []


async def test_what_was_never_made_comes_in_its_turn(http: httpx.AsyncClient, shelf: Shelf, mine: Headers) -> None:
    """A video's picture follows its sound, however early somebody wants to see it."""
    result_id = await shelf.add(Status.RECEIVED, kind=MediaKind.VIDEO, pictures=Pictures.UNDER_WAY)
    await shelf.put_source(result_id)
    assert (await http.get(f"/results/{result_id}/renditions/web", headers=mine)).status_code == 202
    assert await shelf.work_for(result_id) == []


@pytest.mark.parametrize("kind", [MediaKind.VIDEO, MediaKind.IMAGE])
async def test_picture_that_could_not_be_made_is_tried_again_when_asked(
    http: httpx.AsyncClient, shelf: Shelf, mine: Headers, kind: MediaKind
) -> None:
    """What was completed, but can't be shown, says why; retrying it makes the picture, and leaves the rest alone."""
    why = "Export it again."
    result_id = await shelf.add(
        kind=kind,
        pictures=Pictures.FAILED,
        pictures_error_code="undecodable",
        pictures_error_message=why,
    )
    assert (await http.post(f"/results/{result_id}/retry", headers=mine)).json()["code"] == "source_gone"
    await shelf.put_source(result_id)
    refused = await http.get(f"/results/{result_id}/renditions/web", headers=mine)
    assert (refused.status_code, refused.json()["code"], refused.json()["reason"]) == (409, "not_made", "undecodable")
    shown = (await http.get(f"/results/{result_id}", headers=mine)).json()
    assert shown["pictures_error"] == {"code": "undecodable", "message": why}
    assert (await http.post(f"/results/{result_id}/retry", headers=mine)).status_code == 202
    shown = (await http.get(f"/results/{result_id}", headers=mine)).json()
    assert (shown["status"], shown["pictures"], shown["pictures_error"]) == (Status.COMPLETED, "under_way", None)
    assert await shelf.work_for(result_id) == [Kind.PICTURES]
    assert (await http.post(f"/results/{result_id}/retry", headers=mine)).json()["code"] == "not_failed"
