"""Keys by which programs act in their owner's name."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from server.audit.models import Action
from server.auth import api_keys
from server.auth.models import ApiKey
from server.unit_of_work import Units
from server.users.models import Role
from tests.auth.conftest import Town, bearer, who
from tests.swapping import instead

EMAIL = "ada@example.com"


async def make(http: httpx.AsyncClient, token: str, **wish: str) -> httpx.Response:
    """Ask for a key."""
    return await http.post("/auth/keys", json={"name": "nightly"} | wish, headers=bearer(token))


async def test_key_acts_as_its_owner(http: httpx.AsyncClient, town: Town) -> None:
    """It is shown once, listed without its secret, written down when used, and worth nothing once revoked."""
    token = await town.session(EMAIL)
    made = (await make(http, token)).json()
    assert await who(http, headers=bearer(made["key"])) == await who(http, headers=bearer(token))
    [listed] = (await http.get("/auth/keys", headers=bearer(token))).json()["items"]
    assert made["key"].partition("_")[2].partition("_")[2] not in str(listed)
    assert listed["last_used_at"]
    assert (await http.delete(f"/auth/keys/{made['id']}", headers=bearer(token))).status_code == 204
    assert (await http.get("/results", headers=bearer(made["key"]))).status_code == 401
    for action in (Action.KEY_MADE, Action.KEY_USED, Action.KEY_REVOKED):
        assert len(await town.log(action)) == 1


async def test_use_is_written_down_whatever_comes_of_it(
    http: httpx.AsyncClient, running_app: FastAPI, separate_units: Units
) -> None:
    """Who tries others' things by a key leaves a trace, though nothing else comes of it."""
    town = Town(separate_units, running_app.state.gate)
    with instead(running_app, units=separate_units):
        token = await town.session(EMAIL)
        made = (await make(http, token)).json()
        assert (await http.get(f"/results/{made['id']}", headers=bearer(made["key"]))).status_code == 404
        [listed] = (await http.get("/auth/keys", headers=bearer(token))).json()["items"]
    assert listed["last_used_at"]
    assert len(await town.log(Action.KEY_USED)) == 1


@pytest.mark.parametrize(
    "expires_at", ["2000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
async def test_key_ends_in_the_future(http: httpx.AsyncClient, town: Town, expires_at: str) -> None:
    """What has passed, or can't be told in every time zone, is no end."""
    refused = await make(http, await town.session(EMAIL), expires_at=expires_at)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")


async def test_expired_key_does_not_hold(http: httpx.AsyncClient, town: Town) -> None:
    """A key lasts as long as was wished."""
    token = await town.session(EMAIL)
    key = (await make(http, token, expires_at=(datetime.now(UTC) + timedelta(hours=1)).isoformat())).json()["key"]
    assert await who(http, headers=bearer(key)) is not None
    async with town.units.begin() as work:
        await work.session.execute(update(ApiKey).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert (await http.get("/results", headers=bearer(key))).status_code == 401


async def test_key_is_never_more_than_its_owner(http: httpx.AsyncClient, town: Town) -> None:
    """Only admins make keys for everything, and those end with the role."""
    await town.person(EMAIL, Role.SPEAKER)
    refused = await make(http, await town.session(EMAIL), scope="admin")
    assert (refused.status_code, refused.json()["code"]) == (403, "admin_only")
    await town.person(EMAIL, Role.ADMIN)
    token = await town.session(EMAIL)
    keys = {scope: (await make(http, token, scope=scope)).json()["key"] for scope in ("base", "admin")}
    seen = {scope: (await http.get("/admin/queues", headers=bearer(key))).status_code for scope, key in keys.items()}
    assert seen == {"base": 403, "admin": 200}
    await town.person(EMAIL, Role.SPEAKER)
    assert (await http.get("/admin/queues", headers=bearer(keys["admin"]))).status_code == 403


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/auth/keys"), ("DELETE", "/auth/keys/{id}"), ("POST", "/auth/logout-all")]
)
async def test_key_does_not_make_or_end_what_others_hold(
    http: httpx.AsyncClient, town: Town, method: str, path: str
) -> None:
    """One that leaks can't be made to last by another, nor lock its owner out."""
    made = (await make(http, await town.session(EMAIL))).json()
    wish = {"name": "another"} if path == "/auth/keys" else None
    refused = await http.request(method, path.format(**made), json=wish, headers=bearer(made["key"]))
    assert (refused.status_code, refused.json()["code"]) == (403, "sign_in_required")
    assert await who(http, headers=bearer(made["key"])) is not None


async def test_keys_are_not_without_number(
    http: httpx.AsyncClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that hold can be listed; a name is one line."""
    monkeypatch.setattr(api_keys, "MOST", 2)
    token = await town.session(EMAIL)
    assert (await make(http, token, name="a\0b")).status_code == 422
    assert [(await make(http, token)).status_code for _ in range(3)] == [201, 201, 409]
    listed = (await http.get("/auth/keys", headers=bearer(token))).json()["items"]
    await http.delete(f"/auth/keys/{listed[0]['id']}", headers=bearer(token))
    assert (await make(http, token)).status_code == 201


async def test_anothers_key_is_not_there(http: httpx.AsyncClient, town: Town) -> None:
    """It is neither listed nor revoked."""
    key_id = (await make(http, await town.session(EMAIL))).json()["id"]
    other = bearer(await town.session("bob@example.com"))
    assert (await http.get("/auth/keys", headers=other)).json() == {"items": []}
    assert (await http.delete(f"/auth/keys/{key_id}", headers=other)).status_code == 404
