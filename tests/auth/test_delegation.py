"""Tools that act for people."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from server.audit.models import Action
from server.auth.delegation import EMAIL_HEADER, SECRET_HEADER, Tool, find_tool
from server.db.sessions import open_sessions
from server.settings import Settings
from server.unit_of_work import Units
from server.users.models import Role
from tests.auth.conftest import Town, who
from tests.swapping import instead

EMAIL = "ada@example.com"
SECRET = "s" * 30
TOOLS = [
    Tool("upload", SecretStr(SECRET)),
    Tool.parse(f"mirror:{'m' * 30}@10.0.0.0/8@fd00::/8"),
]


def headers(secret: str, email: str = EMAIL) -> dict[str, str]:
    """What a tool sends."""
    return {SECRET_HEADER: secret, EMAIL_HEADER: email}


@pytest.fixture
def secret(settings: Settings) -> str:
    """The secret of the tool that the settings name."""
    return settings.auth.delegating_tools[0].get_secret_value().rpartition(":")[2]


async def test_tool_acts_as_the_person(http: httpx.AsyncClient, town: Town, secret: str) -> None:
    """It has their things and their role, whatever the case of the address, and each use is written down."""
    ada = await town.person(EMAIL, Role.ADMIN)
    assert await who(http, headers=headers(secret, "Ada@Example.com")) == ada.id
    assert (await http.get("/admin/queues", headers=headers(secret))).status_code == 200
    entries = await town.log(Action.DELEGATED)
    assert [(entry.actor_id, entry.tool) for entry in entries] == [(ada.id, "tool")] * 2


async def test_use_is_written_down_whatever_comes_of_it(
    running_app: FastAPI, separate_units: Units, secret: str
) -> None:
    """A request that fails leaves nothing behind but the note that a tool has made it."""
    town = Town(separate_units, running_app.state.gate)
    ada = await town.person(EMAIL)
    transport = httpx.ASGITransport(running_app)
    with instead(running_app, units=separate_units):
        async with httpx.AsyncClient(transport=transport, base_url="http://lectern.test/api/v1") as http:
            answer = await http.get(f"/results/{ada.id}", headers=headers(secret))
    assert answer.status_code == 404
    [entry] = await town.log(Action.DELEGATED)
    assert (entry.actor_id, entry.details) == (ada.id, {"path": f"/api/v1/results/{ada.id}"})


async def test_path_that_is_no_text_is_written_down_as_it_was_sent(
    http: httpx.AsyncClient, town: Town, secret: str
) -> None:
    """A NUL in a path is a fault of the path's, not of the log's."""
    await town.person(EMAIL)
    assert (await http.get("/results/%00", headers=headers(secret))).status_code == 422
    [entry] = await town.log(Action.DELEGATED)
    assert entry.details == {"path": "/api/v1/results/%00"}


async def test_many_at_once_do_not_wait_for_each_other(
    running_app: FastAPI, settings: Settings, separate_units: Units, secret: str
) -> None:
    """However many tools come at once, none needs a second connection to the database while it has one."""
    await Town(separate_units, running_app.state.gate).person(EMAIL)
    transport = httpx.ASGITransport(running_app)
    async with open_sessions(settings.database) as sessions:
        with instead(running_app, units=Units(sessions, running_app.state.valkey)):
            async with httpx.AsyncClient(transport=transport, base_url="http://lectern.test/api/v1") as http:
                asked = (http.get("/results", headers=headers(secret)) for _ in range(3 * settings.database.pool_size))
                answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} == {200}


async def test_address_may_be_of_any_language(http: httpx.AsyncClient, town: Town, secret: str) -> None:
    """Headers are read as UTF-8."""
    ada = await town.person("adá@example.com")
    sent = httpx.Headers(headers(secret, "adá@example.com"), encoding="utf-8")
    assert (await http.get("/auth/session", headers=sent)).json()["user_id"] == str(ada.id)


@pytest.mark.parametrize(
    ("secret", "address", "name"),
    [
        (SECRET, "203.0.113.9", "upload"),
        (SECRET, None, "upload"),
        ("m" * 30, "10.1.2.3", "mirror"),
        ("m" * 30, "fd00::1", "mirror"),
        ("m" * 30, "203.0.113.9", None),
        ("m" * 30, None, None),
        ("m" * 30, "::ffff:10.1.2.3", "mirror"),
        ("m" * 30, "unknown", None),
        (SECRET[:-1], "10.1.2.3", None),
        ("", "10.1.2.3", None),
    ],
)
def test_tool_may_be_bound_to_networks(secret: str, address: str | None, name: str | None) -> None:
    """A secret that leaks is of no use from elsewhere."""
    found = find_tool(TOOLS, secret, address)
    assert (found.name if found else None) == name


def test_secret_that_can_be_guessed_is_no_setting() -> None:
    """A short one, or a network that is none, stops the start."""
    for text in ("short", "name:short", f"{SECRET}@nowhere"):
        with pytest.raises(ValueError, match=r"characters|network"):
            Tool.parse(text)
