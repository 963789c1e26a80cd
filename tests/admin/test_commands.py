"""The operators' commands, against a served application."""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from typer.testing import CliRunner, Result

from server import admin_client
from server.unit_of_work import Units
from server.users.models import Role, User, UserKind
from server.users.service import find_person
from tests.admin.conftest import Post
from tests.auth.conftest import Town
from tests.client.fake import fake_server, problem, says
from tests.swapping import instead
from tests.tokens import Pool

pytestmark = pytest.mark.usefixtures("served")


@pytest.fixture
async def served(
    running_app: FastAPI, units: Units, pool: Pool, monkeypatch: pytest.MonkeyPatch, post: Post
) -> AsyncIterator[Post]:
    """The application on a port, named in the environment, with an admin's token and queues of the test's own."""
    server = uvicorn.Server(uvicorn.Config(running_app, lifespan="off", ws="none", log_config=None))
    listener = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setenv("LECTERN_SERVER", f"http://127.0.0.1:{listener.getsockname()[1]}")
    monkeypatch.setenv("LECTERN_TOKEN", token(pool.machine("lectern/admin")))
    with instead(running_app, units=units):
        serving = asyncio.create_task(server.serve([listener]))
        yield post
        server.should_exit = True
        await serving


def token(headers: dict[str, str]) -> str:
    """Return the token among a caller's headers."""
    return headers["Authorization"].removeprefix("Bearer ")


async def run(*arguments: str) -> Result:
    """Run a command in this process."""
    return await asyncio.to_thread(lambda: CliRunner().invoke(admin_client.app, arguments))


async def test_queues_as_a_table(served: Post) -> None:
    """Every queue has a line with its numbers."""
    await served.send(served.url, "one", "two")
    await served.send(served.dead, "poison")
    done = await run("queues")
    lines = [line.split() for line in done.stdout.splitlines() if line]
    assert done.exit_code == 0
    assert ["uploads", "2", "0", "0", "1"] in lines
    assert ["lectern:whisper", "0", "0", "0", "0", "-"] in lines


async def test_redriving_by_id_and_all(served: Post) -> None:
    """Only the named go, then the rest, and the numbers are told."""
    ids = await served.send(served.dead, *(f"body {number}" for number in range(4)))
    chosen = await run("redrive", "uploads", "--id", ids[0], "--id", ids[2])
    assert (chosen.exit_code, chosen.stdout) == (0, "2 redriven, 2 left\n")
    assert (await run("redrive", "uploads")).stdout == "2 redriven, 0 left\n"


async def test_sweeping() -> None:
    """The workers are called, and what there was to do is told."""
    done = await run("sweep")
    assert (done.exit_code, done.stdout) == (0, "1 tasks called for, 0 uploads overdue\n")


async def test_letting_people_in(town: Town) -> None:
    """Roles are given ahead and to those who are here, by name; an address that is none is refused."""
    first = await run("approve_speaker", "--speaker-email", "Ada@example.com")
    assert (first.exit_code, first.stdout) == (0, "Ada@example.com is a speaker when first signing in\n")
    told = json.loads((await run("approve_speaker", "--speaker-email", "eve@example.com", "--json")).stdout)
    assert (told["email"], told["role"], told["person_id"]) == ("eve@example.com", "speaker", None)
    await town.session("ada@example.com")
    said = [(await run("set_role", "--email", "ada@example.com", "--role", role)).stdout for role in ("admin", "none")]
    assert said[0] == "ada@example.com is an admin now; before: a speaker\n"
    assert said[1] == ""  # the last admin
    await run("set_role", "--email", "bob@example.com", "--role", "admin")
    withdrawn = await run("set_role", "--email", "bob@example.com", "--role", "none")
    assert withdrawn.stdout == "bob@example.com has no role when first signing in\n"
    wrong = await run("approve_speaker", "--speaker-email", "nobody")
    assert (wrong.exit_code, "invalid_request" in wrong.stderr) == (1, True)


async def test_name_like_an_address_hides_nobody(town: Town) -> None:
    """People choose their names: however many take somebody's address for one, that somebody is found."""
    ada = await town.person("ada@example.com", Role.SPEAKER)
    async with town.units.begin() as work:
        work.session.add_all(User(kind=UserKind.PERSON, name="ada@example.com") for _ in range(101))
    done = await run("set_role", "--email", "Ada@example.com", "--role", "none")
    assert done.stdout == "Ada@example.com is without a role now; before: a speaker\n"
    async with town.units.begin() as work:
        assert (await find_person(work, "ada@example.com")) == replace(ada, role=Role.NONE)


async def test_links_and_keys_alone_on_standard_output(pool: Pool) -> None:
    """What is printed can be taken by a script as it is, and holds."""
    link = (await run("create_invite", "--role", "admin", "--uses", "3", "--days", "2")).stdout
    secret = {"secret": link.strip().rpartition("/invite#")[2]}
    key = (await run("create_api_key", "--name", "nightly", "--scope", "admin")).stdout.strip()
    async with httpx.AsyncClient(base_url=f"{os.environ['LECTERN_SERVER']}/api/v1") as http:
        assert (await http.post("/invites/look", json=secret)).json()["role"] == "admin"
        assert (await http.get("/admin/queues", headers={"Authorization": f"Bearer {key}"})).status_code == 200
    base = token(pool.machine("lectern/base"))
    refused = await run("create_api_key", "--name", "x", "--scope", "admin", "--token", base)
    assert (refused.exit_code, refused.stdout, "admin_only" in refused.stderr) == (1, "", True)
    assert (await run("create_invite", "--days", "400")).exit_code == 2


async def test_refusals_tell_why(pool: Pool) -> None:
    """What the service refuses is told in its words with status 1; wrong use is 2."""
    unknown = await run("redrive", "no/such")
    assert (unknown.exit_code, "404" in unknown.stderr) == (1, True)
    refused = await run("queues", "--token", token(pool.machine("lectern/base")))
    assert (refused.exit_code, "admin_only" in refused.stderr) == (1, True)
    assert (await run("redrive")).exit_code == 2


async def test_without_a_server_or_its_trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that doesn't hold, or no server at all, is status 3, and the way out is told."""
    for arguments in (["--token", "no-token"], ["--server", ""]):
        monkeypatch.chdir(tmp_path)
        done = await run("queues", *arguments)
        assert (done.exit_code, "make run" in done.stderr) == (3, True)


async def test_local_stack_is_asked_as_an_admin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any token, the machine of the local stack signs in with the scope that this needs."""
    for name in ("LECTERN_SERVER", "LECTERN_TOKEN"):
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    async with fake_server() as fake:
        fake.on("POST /token", says(200, {"access_token": "a-token", "expires_in": 300}))
        fake.on("GET /admin/queues", problem(403, "admin_only", "This is for admins."))
        described = {"base_url": fake.url, "token_url": f"{fake.url}{fake.prefix}/token"}
        machine = {"machine_client_id": "robot", "machine_client_secret": "s3cret"}
        (tmp_path / ".lectern").mkdir()
        (tmp_path / ".lectern/local.json").write_text(json.dumps(described | machine))
        done = await run("queues")
    assert "This is for admins." in done.stderr
    assert httpx.QueryParams(fake.bodies("POST /token")[0].decode())["scope"] == "lectern/admin"
