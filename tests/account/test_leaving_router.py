"""Going, and thinking better of it."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from server.account import leaving
from server.audit.models import Action
from server.auth.principal import Principal
from server.settings import Settings
from server.tasks.models import Kind, State, Task
from server.unit_of_work import Units
from server.users.models import Role
from tests.auth.conftest import Town, bearer
from tests.swapping import instead
from tests.tokens import Pool

EMAIL = "ada@example.com"


@pytest.fixture
async def mine(town: Town) -> dict[str, str]:
    """Me, signed in on a page."""
    return bearer(await town.session(EMAIL))


@pytest.fixture
def no_grace(running_app: FastAPI) -> Iterator[None]:
    """A deployment where whoever goes is gone."""
    settings = running_app.state.settings.model_copy(deep=True)
    settings.people.grace_days = 0
    with instead(running_app, settings=settings):
        yield


async def leave_tasks(units: Units) -> list[tuple[State, bool]]:
    """Tell of the tasks of those who leave how they stand, and whether they are due, the oldest first."""
    async with units.begin() as work:
        columns = select(Task.state, Task.run_after <= datetime.now(UTC)).where(Task.kind == Kind.LEAVE)
        return [(state, due) for state, due in await work.session.execute(columns.order_by(Task.id))]


async def test_who_leaves_is_signed_out_and_may_come_back(
    http: httpx.AsyncClient, units: Units, town: Town, mine: dict[str, str]
) -> None:
    """Sessions and keys end at once; after signing in again it is taken back, once, and can be asked for anew."""
    key = bearer((await http.post("/auth/keys", json={"name": "k"}, headers=mine)).json()["key"])
    answer = await http.delete("/me", headers=mine)
    left = datetime.fromisoformat(answer.json()["leaves_at"]) - datetime.now(UTC)
    assert (answer.status_code, left.days) == (202, 13)
    assert [(await http.get("/me", headers=old)).status_code for old in (mine, key)] == [401, 401]
    again = bearer(await town.session(EMAIL))
    assert (await http.delete("/me", headers=again)).json() == answer.json()
    assert await leave_tasks(units) == [(State.PENDING, False)]
    assert (await http.post("/me/stay", headers=again)).status_code == 204
    assert (await http.get("/me", headers=again)).json()["leaves_at"] is None
    assert (await http.post("/me/stay", headers=again)).json()["code"] == "not_leaving"
    assert (await http.delete("/me", headers=again)).status_code == 202
    assert await leave_tasks(units) == [(State.DONE, False), (State.PENDING, False)]
    assert (len(await town.log(Action.LEAVING)), len(await town.log(Action.STAYING))) == (2, 1)


async def test_leaving_twice_at_once_leaves_once(separate_units: Units, running_app: FastAPI) -> None:
    """The second waits for the first to be committed, and is told the same."""
    town = Town(separate_units, running_app.state.gate)
    person = Principal((await town.person(EMAIL)).id, sees_all=False)

    async def left() -> datetime:
        async with separate_units.begin() as work:
            return await leaving.leave(work, person, timedelta(days=1))

    async with asyncio.TaskGroup() as group:
        both = [group.create_task(left()) for _ in range(2)]
    assert len({one.result() for one in both}) == 1
    assert (len(await town.log(Action.LEAVING)), len(await leave_tasks(separate_units))) == (1, 1)


@pytest.mark.usefixtures("no_grace")
async def test_without_grace_it_is_too_late_at_once(
    http: httpx.AsyncClient, units: Units, town: Town, mine: dict[str, str]
) -> None:
    """The task is due, and from then on staying is refused."""
    assert (await http.delete("/me", headers=mine)).status_code == 202
    assert await leave_tasks(units) == [(State.PENDING, True)]
    answer = await http.post("/me/stay", headers=bearer(await town.session(EMAIL)))
    assert (answer.status_code, answer.json()["code"]) == (409, "not_leaving")
    assert await leave_tasks(units) == [(State.PENDING, True)]


async def test_only_people_who_are_signed_in_leave(http: httpx.AsyncClient, pool: Pool, mine: dict[str, str]) -> None:
    """A machine has no leave to take, and a key that leaks deletes nobody."""
    key = bearer((await http.post("/auth/keys", json={"name": "k"}, headers=mine)).json()["key"])
    for method, path in (("DELETE", "/me"), ("POST", "/me/stay")):
        codes = [(await http.request(method, path, headers=who)).json()["code"] for who in (pool.machine(), key)]
        assert codes == ["people_only", "sign_in_required"]


async def test_no_tool_deletes_anybody(http: httpx.AsyncClient, settings: Settings, town: Town) -> None:
    """A tool acts for people, but what it is told by mistake or by somebody else must not end them."""
    await town.person(EMAIL)
    secret = settings.auth.delegating_tools[0].get_secret_value().rpartition(":")[2]
    acting = {"x-delegation-secret-key": secret, "x-delegated-user-email": EMAIL}
    answer = await http.delete("/me", headers=acting)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_by_tools")
    assert (await http.get("/me", headers=acting)).json()["leaves_at"] is None


async def test_last_admin_stays(http: httpx.AsyncClient, town: Town, mine: dict[str, str]) -> None:
    """An admin goes once there is another who stays."""
    await town.person(EMAIL, Role.ADMIN)
    assert (await http.delete("/me", headers=mine)).json()["code"] == "last_admin"
    await town.person("bob@example.com", Role.ADMIN)
    assert (await http.delete("/me", headers=mine)).status_code == 202
    answer = await http.delete("/me", headers=bearer(await town.session("bob@example.com")))
    assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")
