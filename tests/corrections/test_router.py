"""Corrections over HTTP."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from server.audit.models import Action, AuditEntry
from server.media.state import Status
from server.tasks.models import Kind
from server.unit_of_work import Units
from server.users.models import Role
from tests.corrections.conftest import Desk, furnish, heard
from tests.results.conftest import Shelf, know
from tests.tokens import Pool

Headers = dict[str, str]
NIGHT = {"op": "change", "segment": 0, "text": "Good night, Ada."}


async def correct(
    http: httpx.AsyncClient, desk: Desk, headers: Headers, tag: str | None, *operations: dict[str, Any]
) -> httpx.Response:
    """Correct a transcript that has an entity tag."""
    condition = {} if tag is None else {"If-Match": tag}
    return await http.post(f"{desk.address}/edits", json={"operations": operations}, headers=headers | condition)


async def ask(http: httpx.AsyncClient, desk: Desk, headers: Headers, path: str = "", **query: Any) -> Any:
    """Read something of a transcript."""
    return (await http.get(desk.address + path, params=query, headers=headers)).json()


async def test_of_two_editors_the_second_is_told_and_loses_nothing(
    http: httpx.AsyncClient, desk: Desk, mine: Headers
) -> None:
    """They get the version that there is now, and can make their correction in that."""
    seen = await http.get(desk.address, headers=mine)
    assert (seen.headers["etag"], seen.json()["version"], len(seen.json()["words"])) == ('"0"', 0, 11)
    renamed = {"op": "rename_speaker", "speaker": "2", "name": "Ada"}
    first = await correct(http, desk, mine, seen.headers["etag"], NIGHT)
    assert (first.status_code, first.headers["etag"], first.json()["version"]) == (200, '"1"', 1)
    (patch,) = first.json()["patches"]
    assert (patch["first"], patch["removed"], [s["text"] for s in patch["segments"]]) == (0, 1, ["Good night, Ada."])
    assert [(word["segment"], word["text"], word["confidence"]) for word in patch["words"]] == [
        (0, "Good", 0.5),
        (0, "night,", 1.0),
        (0, "Ada.", 0.5),
    ]
    second = await correct(http, desk, mine, seen.headers["etag"], renamed)
    assert (second.status_code, second.json()["code"], second.json()["version"]) == (412, "revision_differs", 1)
    assert (await correct(http, desk, mine, None, renamed)).json()["code"] == "precondition_required"
    again = await correct(http, desk, mine, '"1"', renamed)
    assert (again.status_code, again.json()["version"]) == (200, 2)
    segments = (await ask(http, desk, mine))["segments"]
    assert [(s["speaker"], s["text"]) for s in segments] == [
        ("1", "Good night, Ada."),
        ("Ada", "Good morning, Mister Babbage."),
        ("1", "How is the engine?"),
    ]


async def test_an_edit_is_applied_whole_or_not_at_all(http: httpx.AsyncClient, desk: Desk, mine: Headers) -> None:
    """One operation that can't be applied undoes those before it; what changes nothing makes no version."""
    before = await ask(http, desk, mine)
    refused = await correct(http, desk, mine, "*", NIGHT, {"op": "remove", "segment": 9})
    assert (refused.status_code, refused.json()["code"], refused.json()["segment"]) == (422, "no_such_segment", 9)
    body = b'{"operations": [{"op": "change", "segment": 0, "text": "a\\ud800"}]}'
    broken = await http.post(f"{desk.address}/edits", content=body, headers=mine | {"If-Match": "*"})
    assert (broken.status_code, broken.json()["code"]) == (422, "invalid_request")
    same = await correct(http, desk, mine, '"0"', NIGHT, {**NIGHT, "text": "Good morning, Ada."} | {"segment": 1})
    assert same.json()["version"] == 1
    assert (await http.post(f"{desk.address}/versions/0/restore", headers=mine | {"If-Match": '"1"'})).is_success
    assert {**await ask(http, desk, mine), "version": 0} == before
    nothing = await correct(
        http, desk, mine, '"2"', {"op": "split", "segment": 0, "at": 4}, {"op": "merge", "segment": 0}
    )
    assert (nothing.headers["etag"], nothing.json()) == ('"2"', {"version": 2, "patches": []})


async def test_the_same_edit_sent_twice_is_made_once(http: httpx.AsyncClient, desk: Desk, mine: Headers) -> None:
    """Whoever did not get the answer asks again with the same key; it does not do for another edit."""
    keyed = mine | {"Idempotency-Key": "k"}
    first, again = [await correct(http, desk, keyed, '"0"', NIGHT) for _ in range(2)]
    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())
    assert (await ask(http, desk, mine))["version"] == 1
    unset = {name: NIGHT[name] for name in ("op", "segment")}
    for other in (NIGHT | {"speaker": None}, unset):
        assert (await correct(http, desk, keyed, '"0"', other)).json()["code"] == "idempotency_key_reused"
    restored = [
        await http.post(
            f"{desk.address}/versions/0/restore", headers=keyed | {"If-Match": '"1"', "Idempotency-Key": "r"}
        )
        for _ in range(2)
    ]
    assert [answer.json()["version"] for answer in restored] == [2, 2]
    assert (await http.delete(f"/results/{desk.named.result_id}", headers=mine)).status_code == 202
    assert (await correct(http, desk, keyed, '"0"', NIGHT)).json()["code"] == "not_found"


async def test_all_that_tells_the_text_follows(
    http: httpx.AsyncClient, desk: Desk, shelf: Shelf, mine: Headers
) -> None:
    """The result, its files, search, the stored text, and the pages that are open."""
    await desk.correct(NIGHT | {"text": "Good zebra, Ada."}, {"op": "remove", "segment": 2})
    result_id = str(desk.named.result_id)
    result = (await http.get(f"/results/{result_id}", headers=mine)).json()
    text = "Good zebra, Ada. Good morning, Mister Babbage."
    assert (result["text"], result["version"], result["transcripts"][0]["version"]) == (text, 1, 1)
    assert (await http.get("/results", headers=mine)).json()["items"][0]["excerpt"] == text
    file = await http.get(f"/results/{result_id}/transcript.txt", headers=mine)
    assert file.text == "1: Good zebra, Ada.\n2: Good morning, Mister Babbage.\n"
    found = [(await http.get("/results", params={"q": q}, headers=mine)).json()["items"] for q in ("zebra", "engine")]
    assert ([item["id"] for item in found[0]], found[1]) == ([result_id], [])
    assert await shelf.work_for(result_id) == [Kind.STORE_TEXT]
    ids = {"id": result_id, "transcript_id": str(desk.named.transcript_id)}
    assert desk.news == [(shelf.owner, {"type": "transcript", **ids, "version": 1})]


async def test_versions_are_listed_compared_and_restored(http: httpx.AsyncClient, desk: Desk, mine: Headers) -> None:
    """Newest first, down to the engine's, page by page; a restored one is a version of its own."""
    await desk.correct(NIGHT, {"op": "split", "segment": 1, "at": 14})
    await desk.correct({"op": "remove", "segment": 0})
    answer = await http.post(f"{desk.address}/versions/1/restore", headers=mine | {"If-Match": '"2"'})
    assert (answer.headers["etag"], answer.json()["patches"][0]["removed"]) == ('"3"', 0)
    first = await ask(http, desk, mine, "/versions", limit=3)
    last = await ask(http, desk, mine, "/versions", limit=3, cursor=first["next_cursor"])
    assert last["next_cursor"] is None
    versions = first["items"] + last["items"]
    assert [(v["number"], v["restored_from"], *v["summary"].values()) for v in versions] == [
        (3, 1, 0, 1, 0),
        (2, None, 0, 0, 1),
        (1, None, 2, 1, 0),
        (0, None, 0, 0, 0),
    ]
    assert [v["author"] and v["author"]["id"] for v in versions] == [str(desk.owner.user_id)] * 3 + [None]
    assert (await ask(http, desk, mine, "/versions", limit=4))["next_cursor"] is None
    assert [s["text"] for s in (await ask(http, desk, mine, "/versions/2"))["segments"]] == [
        "Good morning,",
        "Mister Babbage.",
        "How is the engine?",
    ]
    assert await compared(http, desk, mine, 0) == [
        ("changed", "0 Good morning, Ada.", "0 Good night, Ada."),
        ("changed", "1 Good morning, Mister Babbage.", "1 Good morning,"),
        ("added", None, "2 Mister Babbage."),
    ]
    assert await compared(http, desk, mine, 1, {"with": 2, "same": True}) == [
        ("removed", "0 Good night, Ada.", None),
        ("same", "1 Good morning,", "0 Good morning,"),
        ("same", "2 Mister Babbage.", "1 Mister Babbage."),
        ("same", "3 How is the engine?", "2 How is the engine?"),
    ]
    assert await compared(http, desk, mine, 3, {"with": 1}) == []


async def test_what_is_changed_back_is_the_same(http: httpx.AsyncClient, desk: Desk, mine: Headers) -> None:
    """Also where all around it was changed."""
    await desk.correct(*({"op": "change", "segment": place, "speaker": "3"} for place in range(3)))
    await desk.correct({"op": "change", "segment": 1, "speaker": "2"})
    assert [before for _, before, _ in await compared(http, desk, mine, 0)] == [
        "0 Good morning, Ada.",
        "2 How is the engine?",
    ]
    await desk.restore(0)
    assert (await ask(http, desk, mine, "/versions"))["items"][0]["summary"]["changed"] == 2


async def compared(
    http: httpx.AsyncClient, desk: Desk, headers: Headers, number: int, query: dict[str, Any] | None = None
) -> list[tuple[str | None, ...]]:
    """Compare a version with another one."""
    items = (await ask(http, desk, headers, f"/versions/{number}/compare", **query or {}))["items"]
    sides = [(item["kind"], *(item[side] for side in ("before", "after"))) for item in items]
    return [(kind, *(side and f"{side['index']} {side['text']}" for side in both)) for kind, *both in sides]


async def test_what_an_admin_corrects_is_written_down(
    http: httpx.AsyncClient, units: Units, pool: Pool, desk: Desk, mine: Headers
) -> None:
    """The owner sees who it was; nobody else may, or sees anything."""
    admin = await know(units, pool, "admin", Role.ADMIN)
    assert (await correct(http, desk, pool.person("admin"), '"0"', NIGHT)).status_code == 200
    version = (await ask(http, desk, mine, "/versions"))["items"][0]
    assert version["author"]["id"] == str(admin)
    async with units.begin() as work:
        query = select(AuditEntry).where(AuditEntry.subject_id == desk.named.result_id)
        (entry,) = (await work.session.execute(query)).scalars()
    details = {"transcript": str(desk.named.transcript_id), "version": 1}
    assert (entry.action, entry.actor_id, entry.details) == (Action.TRANSCRIPT_CORRECTED, admin, details)
    await know(units, pool, "other")
    assert (await correct(http, desk, pool.person("other"), "*", NIGHT)).json()["code"] == "not_found"
    assert (await ask(http, desk, pool.person("other")))["code"] == "not_found"


@pytest.mark.parametrize("state", [{"finished": False}, {"error": "engine_failed"}])
async def test_only_what_is_finished_is_corrected(
    http: httpx.AsyncClient, shelf: Shelf, mine: Headers, state: dict[str, Any]
) -> None:
    """While an engine writes, or when it has failed, there is nothing to correct."""
    desk = await furnish(shelf, [heard("Good morning")], **state)
    assert (await correct(http, desk, mine, '"0"', NIGHT)).json()["code"] == "transcript_not_ready"
    assert (await ask(http, desk, mine))["code"] == "transcript_not_ready"


async def test_a_new_transcript_on_the_way_does_not_stop_a_correction(
    http: httpx.AsyncClient, shelf: Shelf, desk: Desk, mine: Headers
) -> None:
    """Nor the other way round; each has its own versions."""
    result_id = str(desk.named.result_id)
    await shelf.add_transcript(result_id, finished=False)
    assert (await correct(http, desk, mine, '"0"', NIGHT)).status_code == 200
    newer = await shelf.add_transcript(result_id, "Good mourning")
    shown = (await http.get(f"/results/{result_id}", headers=mine)).json()
    assert (shown["transcript_id"], shown["version"]) == (newer, 0)
    assert [transcript["version"] for transcript in shown["transcripts"]] == [0, 0, 1]


async def test_what_is_not_there_is_not_found(http: httpx.AsyncClient, shelf: Shelf, desk: Desk, mine: Headers) -> None:
    """A transcript of another result, a version to come, what is being deleted, a cursor of another list."""
    other = await furnish(shelf, [heard("Good morning")])
    foreign = f"/results/{desk.named.result_id}/transcripts/{other.named.transcript_id}"
    for address in (
        foreign,
        f"/results/{uuid4()}/transcripts/{desk.named.transcript_id}",
        f"{desk.address}/versions/1",
    ):
        assert (await http.get(address, headers=mine)).status_code == 404
    assert (await ask(http, desk, mine, "/versions/0/compare", **{"with": 1}))["code"] == "not_found"
    ahead = await http.post(f"{desk.address}/versions/1/restore", headers=mine | {"If-Match": "*"})
    assert ahead.json()["code"] == "not_found"
    for cursor in ("x", "MA", "!!!!"):
        assert (await ask(http, desk, mine, "/versions", cursor=cursor))["code"] == "bad_cursor"
    gone = await shelf.add(Status.DELETING)
    transcript = await shelf.add_transcript(gone, "Good morning")
    assert (await http.get(f"/results/{gone}/transcripts/{transcript}", headers=mine)).status_code == 404
