"""Results over HTTP."""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from server.auth.principal import Principal
from server.aws.store import Store
from server.media.state import Status
from server.problems import NotFound
from server.results import service
from server.settings import Settings
from server.tasks.models import Kind
from server.unit_of_work import Units
from server.users.models import Role
from tests.results.conftest import WORDS, Shelf, know
from tests.tokens import Pool


async def test_list_is_newest_first_and_goes_on(http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]) -> None:
    """Pages follow one another without a gap or a double, even while results are added."""
    made = [await shelf.add() for _ in range(5)]
    seen, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await http.get("/results", params=query, headers=mine)).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        await shelf.add()
    assert seen == made[::-1]


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"cursor": "nonsense"}, {"cursor": "x" * 65}])
async def test_bad_queries_are_refused(http: httpx.AsyncClient, mine: dict[str, str], query: dict[str, Any]) -> None:
    """Lists are bounded, and a made-up cursor is 422."""
    assert (await http.get("/results", params=query, headers=mine)).status_code == 422


async def test_result_has_text_words_and_renditions(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]
) -> None:
    """Everything about one result, in milliseconds and with addresses."""
    result_id = await shelf.add()
    await shelf.add_transcript(result_id, "Good", "morning")
    result = (await http.get(f"/results/{result_id}", headers=mine)).json()
    assert (result["status"], result["text"], result["error"]) == ("completed", "Good morning", None)
    assert [(s["index"], s["start_ms"], s["text"]) for s in result["segments"]] == [(0, 0, "Good"), (1, 500, "morning")]
    assert result["words"][1] == {"segment": 1} | WORDS[0]
    assert [form["name"] for form in result["renditions"]] == ["source"]


async def test_text_can_be_read_before_it_is_whole(http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]) -> None:
    """While it is being transcribed a result shows what was heard; a download waits for the whole."""
    result_id = await shelf.add(Status.TRANSCRIBING)
    await shelf.add_transcript(result_id, "Good", finished=False)
    assert (await http.get(f"/results/{result_id}", headers=mine)).json()["text"] == "Good"
    refused = await http.get(f"/results/{result_id}/transcript.txt", headers=mine)
    assert (refused.status_code, refused.json()["code"]) == (409, "transcript_not_ready")


@pytest.mark.parametrize(
    ("extension", "content_type", "piece"),
    [
        ("txt", "text/plain; charset=utf-8", "Good"),
        ("vtt", "text/vtt; charset=utf-8", "00:00:00.000 --> 00:00:01.000\nGood morning"),
        ("srt", "application/x-subrip; charset=utf-8", "00:00:00,000 --> 00:00:01,000\nGood morning"),
        ("tsv", "text/tab-separated-values; charset=utf-8", "500\t1000\t\tmorning\r\n"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word/document.xml"),
        ("json", "application/json", '"start_ms": 500'),
    ],
)
async def test_text_is_downloaded_in_each_format(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str], extension: str, content_type: str, piece: str
) -> None:
    """Each format comes with its type and, as the name of a file, the title."""
    result_id = await shelf.add(title="בוקר.wav")
    await shelf.add_transcript(result_id, "Good", "morning")
    answer = await http.get(f"/results/{result_id}/transcript.{extension}", headers=mine)
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
    said = f"attachment; filename=\"____.{extension}\"; filename*=UTF-8''%D7%91%D7%95%D7%A7%D7%A8.{extension}"
    assert answer.headers["content-disposition"] == said
    assert piece in answer.text


async def test_unknown_format_is_refused(http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]) -> None:
    """A format that there is not is 422."""
    assert (await http.get(f"/results/{await shelf.add()}/transcript.exe", headers=mine)).status_code == 422


async def test_renditions_are_read_by_range(http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]) -> None:
    """The API sends the browser to a short-lived address that takes ranges, or that is saved as a file."""
    result_id = await shelf.add()
    await shelf.put_rendition(result_id, "light", b"0123456789", "audio/mp4")
    sent_on = await http.get(f"/results/{result_id}/renditions/light", headers=mine)
    assert sent_on.status_code == 307
    async with httpx.AsyncClient() as browser:
        part = await browser.get(sent_on.headers["location"], headers={"Range": "bytes=2-4"})
        saved = await http.get(f"/results/{result_id}/renditions/light", params={"save": True}, headers=mine)
        file = await browser.get(saved.headers["location"])
    assert (part.status_code, part.content, part.headers["content-type"]) == (206, b"234", "audio/mp4")
    assert "content-disposition" not in part.headers
    assert file.headers["content-disposition"].startswith('attachment; filename="Morning.m4a"')
    assert (await http.get(f"/results/{result_id}/renditions/other", headers=mine)).status_code == 404


async def test_failed_result_says_why(http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]) -> None:
    """A failure carries a code for programs and a sentence for people."""
    result_id = await shelf.add(Status.FAILED, error_code="no_sound", error_message="Turn the microphone on.")
    error = (await http.get(f"/results/{result_id}", headers=mine)).json()["error"]
    assert error == {"code": "no_sound", "message": "Turn the microphone on."}


async def test_deleted_result_is_gone_at_once(http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]) -> None:
    """It is hidden from then on, and a worker is told to remove it; deleting again is 404."""
    result_id = await shelf.add()
    assert (await http.delete(f"/results/{result_id}", headers=mine)).status_code == 202
    assert (await http.get(f"/results/{result_id}", headers=mine)).status_code == 404
    assert (await http.get("/results", headers=mine)).json()["items"] == []
    assert (await http.delete(f"/results/{result_id}", headers=mine)).status_code == 404
    assert await shelf.work_for(result_id) == [Kind.ERASE]


async def test_anothers_result_is_404_in_every_way(http: httpx.AsyncClient, shelf: Shelf, pool: Pool) -> None:
    """Nobody learns that another's result exists, and what there isn't looks the same."""
    theirs, mine_id = pool.person("somebody-else"), await shelf.add()
    await shelf.add_transcript(mine_id, "secret")
    for result_id in (mine_id, str(uuid4())):
        paths = ["", "/transcript.txt", "/transcript.json", "/renditions/source"]
        answers = [await http.get(f"/results/{result_id}{path}", headers=theirs) for path in paths]
        answers.append(await http.delete(f"/results/{result_id}", headers=theirs))
        answers.append(await http.post(f"/results/{result_id}/retry", headers=theirs))
        answers.append(await http.post(f"/results/{result_id}/transcribe", json={}, headers=theirs))
        assert [answer.status_code for answer in answers] == [404] * 7
    assert (await http.get("/results", headers=theirs)).json()["items"] == []


async def test_admins_see_all(http: httpx.AsyncClient, shelf: Shelf, pool: Pool, units: Units) -> None:
    """An admin, by role, and a machine with the admin scope see everyone's results, and whose they are."""
    result_id = await shelf.add()
    await know(units, pool, "the-admin", Role.ADMIN)
    me = {"id": str(shelf.owner), "email": None, "name": None}
    for headers in (pool.person("the-admin"), pool.machine("lectern/admin")):
        assert (await http.get(f"/results/{result_id}", headers=headers)).json()["owner"] == me
        items = (await http.get("/results", headers=headers)).json()["items"]
        assert [(item["id"], item["owner"]) for item in items] == [(result_id, me)]
        assert (await http.get("/results", params={"owner": "me"}, headers=headers)).json()["items"] == []
    [own] = (await http.get("/results", params={"owner": "me"}, headers=pool.person("me"))).json()["items"]
    assert (own["id"], own["owner"]) == (result_id, None)


async def test_lists_show_how_the_newest_whole_text_begins(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]
) -> None:
    """One line of whole words; nothing of what is silent, under way or failed."""
    texts: list[tuple[list[str], bool]] = [
        (["Good", "morning"], True),
        (["word " * 40], True),
        ([], True),
        (["so"], False),
    ]
    for pieces, finished in texts:
        result_id = await shelf.add()
        await shelf.add_transcript(result_id, "an older one")
        await shelf.add_transcript(result_id, *pieces, finished=finished)
    items = (await http.get("/results", headers=mine)).json()["items"]
    assert {item["language"] for item in items} == {"en"}
    assert [item["excerpt"] for item in items] == ["an older one", None, " ".join(["word"] * 32) + "…", "Good morning"]


async def test_deleting_twice_at_once_still_deletes(
    separate_units: Units, store: Store, pool: Pool, settings: Settings
) -> None:
    """However many deletes of one result cross each other, the task that removes it remains."""
    owner = await know(separate_units, pool, "me")
    shelf = Shelf(separate_units, store, settings, owner)

    async def delete(result_id: str) -> None:
        with suppress(NotFound):
            async with separate_units.begin() as work:
                await service.delete(work, Principal(owner, sees_all=False), UUID(result_id))

    for _ in range(5):
        result_id = await shelf.add()
        await asyncio.gather(*(delete(result_id) for _ in range(8)))
        assert await shelf.work_for(result_id) == [Kind.ERASE]


@pytest.mark.parametrize("name", ["%00", "a%00b", "LIGHT", "a" * 33])
async def test_odd_rendition_names_are_refused(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str], name: str
) -> None:
    """What can't be the name of a rendition is the caller's mistake, not our fault."""
    answer = await http.get(f"/results/{await shelf.add()}/renditions/{name}", headers=mine)
    assert 400 <= answer.status_code < 500
