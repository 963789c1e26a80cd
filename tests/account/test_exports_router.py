"""My data out, over HTTP."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from server.audit.models import Action
from server.auth.principal import Principal
from server.aws.store import Address, Store
from server.exports import service
from server.exports.models import Export
from server.settings import Settings
from server.tasks.models import Kind, Task
from server.unit_of_work import Units
from tests.auth.conftest import Town, bearer


@pytest.fixture
async def mine(town: Town) -> dict[str, str]:
    """Me."""
    return bearer(await town.session("ada@example.com"))


@pytest.fixture
async def theirs(town: Town) -> dict[str, str]:
    """Somebody else."""
    return bearer(await town.session("bob@example.com"))


async def ask(http: httpx.AsyncClient, headers: dict[str, str]) -> str:
    """Ask for an export, and return where it is."""
    answer = await http.post("/me/export", headers=headers)
    assert (answer.status_code, answer.json()["status"], answer.json()["url"]) == (202, "pending", None)
    assert answer.headers["location"] == f"/api/v1/me/exports/{answer.json()['id']}"
    return str(answer.json()["id"])


@pytest.fixture
async def ready(http: httpx.AsyncClient, units: Units, store: Store, settings: Settings, mine: dict[str, str]) -> str:
    """An export of mine that can be fetched."""
    export_id = await ask(http, mine)
    address = Address(settings.aws.processed_bucket, f"{uuid4()}/exports/{export_id}/x-1/lectern.zip")
    await store.clients.s3.put_object(Bucket=address.bucket, Key=address.key, Body=b"PK")
    async with units.begin() as work:
        await service.finish(work, UUID(export_id), address, 2, days=7)
    return export_id


async def test_one_is_put_together_at_a_time(
    http: httpx.AsyncClient, units: Units, town: Town, mine: dict[str, str], theirs: dict[str, str]
) -> None:
    """Asking again while it goes on gives the same; it is noted once, and another person has one of their own."""
    mine_id = await ask(http, mine)
    assert await ask(http, mine) == mine_id
    assert await ask(http, theirs) != mine_id
    async with units.begin() as work:
        kinds = (await work.session.execute(select(Task.kind).where(Task.subject_id == UUID(mine_id)))).scalars().all()
    assert kinds == [Kind.EXPORT]
    assert [str(entry.subject_id) for entry in await town.log(Action.EXPORT_ASKED)].count(mine_id) == 1


async def test_new_one_takes_the_place_of_the_last(
    http: httpx.AsyncClient, units: Units, settings: Settings, mine: dict[str, str], ready: str
) -> None:
    """However often somebody asks, one copy of their things is kept."""
    export_id = await ask(http, mine)
    async with units.begin() as work:
        await service.finish(work, UUID(export_id), Address(settings.aws.processed_bucket, "newer"), 2, days=7)
    items = (await http.get("/me/exports", headers=mine)).json()["items"]
    assert [(item["id"], item["status"]) for item in items] == [(export_id, "ready"), (ready, "expired")]
    async with units.begin() as work:
        assert await service.named(work, settings.aws.processed_bucket, ["newer"]) == {"newer"}


async def test_two_who_ask_at_once_get_the_same(separate_units: Units, running_app: FastAPI) -> None:
    """The second waits for the first to be committed, and finds it."""
    town = Town(separate_units, running_app.state.gate)
    caller = Principal((await town.person("ada@example.com")).id, sees_all=False)

    async def asked() -> UUID:
        async with separate_units.begin() as work:
            return (await service.ask(work, caller)).id

    async with asyncio.TaskGroup() as group:
        both = [group.create_task(asked()) for _ in range(2)]
    assert len({one.result() for one in both}) == 1


async def test_ready_one_is_fetched_as_a_file(http: httpx.AsyncClient, mine: dict[str, str], ready: str) -> None:
    """Its address needs no sign-in, and browsers save what is there as a zip file; the next ask begins another."""
    shown = (await http.get(f"/me/exports/{ready}", headers=mine)).json()
    assert (shown["status"], shown["size"], shown["error"]) == ("ready", 2, None)
    assert timedelta(days=6) < datetime.fromisoformat(shown["expires_at"]) - datetime.now(UTC) < timedelta(days=8)
    async with httpx.AsyncClient() as browser:
        file = await browser.get(shown["url"])
    assert (file.content, file.headers["content-type"]) == (b"PK", "application/zip")
    assert file.headers["content-disposition"].startswith('attachment; filename="lectern-')
    assert await ask(http, mine) != ready


async def test_others_see_nothing_of_it(
    http: httpx.AsyncClient, mine: dict[str, str], theirs: dict[str, str], ready: str
) -> None:
    """Another's export is not there, in the list or by its id; a list goes on where it ended."""
    assert (await http.get(f"/me/exports/{ready}", headers=theirs)).status_code == 404
    assert (await http.get("/me/exports", headers=theirs)).json() == {"items": [], "next_cursor": None}
    newest = await ask(http, mine)
    first = (await http.get("/me/exports?limit=1", headers=mine)).json()
    rest = (await http.get(f"/me/exports?limit=1&cursor={first['next_cursor']}", headers=mine)).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == [newest, ready]
    assert (rest["items"][0]["url"] is not None, rest["next_cursor"]) == (True, None)
    assert (await http.get("/me/exports?cursor=AAAA", headers=mine)).status_code == 422


async def test_what_is_over_has_no_address(
    http: httpx.AsyncClient, units: Units, mine: dict[str, str], ready: str
) -> None:
    """From the moment that its time is over it is shown as expired, before anything was tidied up."""
    async with units.begin() as work:
        over = update(Export).where(Export.id == UUID(ready))
        await work.session.execute(over.values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    shown = (await http.get(f"/me/exports/{ready}", headers=mine)).json()
    assert (shown["status"], shown["url"]) == ("expired", None)
