"""Titles, tags and notes."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from server.audit.models import Action, AuditEntry
from server.media.state import Status
from server.unit_of_work import Units
from tests.results.conftest import Shelf, know
from tests.tokens import Pool

Headers = dict[str, str]


async def change(
    http: httpx.AsyncClient, result_id: str, headers: Headers, tag: str | None, **wish: object
) -> httpx.Response:
    """Change a result that has an entity tag."""
    return await http.patch(
        f"/results/{result_id}", json=wish, headers=headers | ({} if tag is None else {"If-Match": tag})
    )


async def tag_all(http: httpx.AsyncClient, headers: Headers, ids: list[str], **wish: object) -> Any:
    """Change the tags of many, and return how many have others now, or the problem."""
    answer = (await http.post("/results/tags", json={"ids": ids} | wish, headers=headers)).json()
    return answer.get("changed", answer)


async def tags_of(http: httpx.AsyncClient, headers: Headers, **query: str) -> list[tuple[str, int]]:
    """List tags with their counts."""
    found = (await http.get("/results/tags", params=query, headers=headers)).json()
    return [(item["tag"], item["count"]) for item in found["items"]]


async def test_of_two_who_change_a_result_the_second_is_told(
    http: httpx.AsyncClient, shelf: Shelf, mine: Headers
) -> None:
    """A change names the revision that it is of; what changes nothing is none."""
    result_id = await shelf.add()
    wish = {"title": " Cafe\u0301 ", "tags": ["Choir", " choir ", "a\u0301"], "notes": "one\n\ttwo"}
    changed = await change(http, result_id, mine, '"0"', **wish)
    labels = {"title": "Café", "tags": ["Choir", "á"], "notes": "one\n\ttwo", "revision": 1}
    assert (changed.json(), changed.headers["etag"]) == ({"id": result_id} | labels, '"1"')
    assert await tags_of(http, mine, q="A\u0301") == [("á", 1)]
    second = await change(http, result_id, mine, '"0"', title="Mine")
    assert (second.status_code, second.json()["code"], second.json()["revision"]) == (412, "revision_differs", 1)
    assert (await change(http, result_id, mine, None, title="Mine")).status_code == 428
    assert (await change(http, result_id, mine, '"7", "1"', notes="one\n\ttwo", title="Café")).json() == changed.json()
    assert (await change(http, result_id, mine, "*", notes="")).json()["revision"] == 2
    shown = (await http.get(f"/results/{result_id}", headers=mine)).json()
    assert {name: shown[name] for name in labels} == labels | {"notes": "", "revision": 2}


@pytest.mark.parametrize(
    "wish",
    [
        {"title": " "},
        {"title": "a" * 301},
        {"title": "two\nlines"},
        {"title": None},
        {"tags": ["a" * 51]},
        {"tags": [""]},
        {"tags": ["\u200f \u200b"]},
        {"tags": [str(number) for number in range(21)]},
        {"notes": "\0"},
        {"notes": "a" * 10_001},
        {"status": "completed"},
    ],
)
async def test_what_is_no_label_is_refused(
    http: httpx.AsyncClient, shelf: Shelf, mine: Headers, wish: dict[str, object]
) -> None:
    """Lengths are bounded, and control characters are for notes alone."""
    assert (await change(http, await shelf.add(), mine, '"0"', **wish)).status_code == 422


async def test_search_follows_the_title(http: httpx.AsyncClient, shelf: Shelf, mine: Headers) -> None:
    """From the change on, a result is found by its new title, and not by the old one."""
    result_id = await shelf.add(title="Morning")
    assert (await change(http, result_id, mine, '"0"', title="Evening")).status_code == 200
    found = [(await http.get(f"/results?q={word}", headers=mine)).json()["items"] for word in ("evening", "morning")]
    assert [[one["id"] for one in items] for items in found] == [[result_id], []]


async def test_admin_changes_what_is_others_and_that_is_noted(
    http: httpx.AsyncClient, units: Units, shelf: Shelf, mine: Headers, pool: Pool
) -> None:
    """Whoever doesn't see a result can't change it; of who may, it is written down what they changed, not to what."""
    result_id, admin = await shelf.add(), pool.machine("lectern/admin")
    assert (await change(http, result_id, pool.person("other"), '"0"', title="No")).status_code == 404
    assert (await change(http, result_id, mine, '"0"', title="Yes")).status_code == 200
    assert (await change(http, result_id, admin, '"1"', title="Better", notes="so")).status_code == 200
    assert await tag_all(http, admin, [result_id], add=["seen"]) == 1
    async with units.begin() as work:
        noted = select(AuditEntry.details).where(AuditEntry.action == Action.RESULT_CHANGED).order_by(AuditEntry.id)
        assert list((await work.session.execute(noted)).scalars()) == [{"fields": "notes, title"}, {"fields": "tags"}]


async def test_many_are_tagged_at_once(
    http: httpx.AsyncClient, units: Units, shelf: Shelf, mine: Headers, pool: Pool
) -> None:
    """Tags are added and removed whatever their case; others' results are as if they were not there."""
    first, second = await shelf.add(tags=["Choir", "old"]), await shelf.add(tags=["new"])
    gone = await shelf.add(Status.DELETING)
    theirs = Shelf(units, shelf.store, shelf.settings, await know(units, pool, "other"))
    ids = [first, second, gone, await theirs.add(tags=["theirs"]), str(uuid4())]
    assert await tag_all(http, mine, ids, add=["choir", "x_"], remove=["OLD"]) == 2
    assert await tag_all(http, mine, ids, add=["\u200fCHOIR"]) == 0  # as it is copied from right-to-left text
    shown = [(await http.get(f"/results/{result_id}", headers=mine)).json() for result_id in (first, second)]
    assert [(one["tags"], one["revision"]) for one in shown] == [(["Choir", "x_"], 1), (["new", "choir", "x_"], 1)]
    assert await tags_of(http, mine) == [("x_", 2), ("Choir", 1), ("choir", 1), ("new", 1)]
    assert await tags_of(http, mine, q="CHO", limit="1") == [("Choir", 1)]
    assert await tags_of(http, mine, q="_") == []
    assert await tags_of(http, pool.person("other")) == [("theirs", 1)]


async def test_no_result_gets_more_tags_than_it_may(http: httpx.AsyncClient, shelf: Shelf, mine: Headers) -> None:
    """Then none of them is changed, and it is told which have no room."""
    full, free = await shelf.add(tags=[f"tag {number}" for number in range(20)]), await shelf.add()
    refused = await tag_all(http, mine, [full, free], add=["more"])
    assert (refused["code"], refused["ids"]) == ("too_many_tags", [full])
    assert await tag_all(http, mine, [full, free], add=["more"], remove=["tag 3"]) == 2
    for wish in ({}, {"add": ["a"], "remove": ["A"]}):
        assert (await http.post("/results/tags", json={"ids": [free]} | wish, headers=mine)).status_code == 422
