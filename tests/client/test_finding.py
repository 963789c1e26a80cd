"""Tests of finding the server."""

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from server.client.client import Client
from server.client.finding import NoServer, Server, choose_server, find_local
from server.client.sign_in import BearerToken, MachineSignIn
from tests.client import wire
from tests.client.fake import Fake, says
from tests.client.wire import UPLOAD_ID

TOKEN = SecretStr("a-token")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a stack's description, and a folder in it."""
    described = {
        "base_url": "http://127.0.0.1:1234",
        "token_url": "http://127.0.0.1:1235/oauth2/token",
        "machine_client_id": "robot",
        "machine_client_secret": "s3cret",
        "people": [],
    }
    (tmp_path / ".lectern").mkdir()
    (tmp_path / ".lectern/local.json").write_text(json.dumps(described))
    (tmp_path / "recordings/today").mkdir(parents=True)
    return tmp_path


def test_description_is_found_from_below(checkout: Path) -> None:
    """The stack of a folder is that of every folder in it."""
    for folder in (checkout, checkout / "recordings/today"):
        found = find_local(folder)
        assert found is not None
        assert found.url == "http://127.0.0.1:1234"
        assert isinstance(found.auth, MachineSignIn)


def test_no_description(tmp_path: Path) -> None:
    """Where no stack was ever run, there is none."""
    assert find_local(tmp_path) is None
    with pytest.raises(NoServer, match="make run"):
        choose_server(None, None, tmp_path)


def test_damaged_description(checkout: Path) -> None:
    """A description that makes no sense is named."""
    (checkout / ".lectern/local.json").write_text("{")
    with pytest.raises(NoServer, match=r"local\.json can't be read"):
        find_local(checkout)


async def test_token_for_the_local_stack(checkout: Path) -> None:
    """A token without a server is for the local one."""
    chosen = choose_server(None, TOKEN, checkout)
    assert chosen.url == "http://127.0.0.1:1234"
    assert isinstance(chosen.auth, BearerToken)


async def test_named_server_needs_a_token(checkout: Path, fake: Fake) -> None:
    """Another server gets the token that was given, never the secret of the local stack."""
    with pytest.raises(NoServer, match="LECTERN_TOKEN"):
        choose_server(fake.url, None, checkout)
    fake.on(f"GET /uploads/{UPLOAD_ID}", says(200, wire.upload()))
    chosen = choose_server(f"{fake.url}/", TOKEN, checkout)
    async with Client.connect(chosen.url, chosen.auth) as client:
        await client.upload(UPLOAD_ID)
    assert fake.seen[0].headers["authorization"] == "Bearer a-token"


async def test_whether_it_answers(fake: Fake) -> None:
    """A server answers when it is ready, not when it says that it isn't, nor when nobody listens."""
    auth = BearerToken(TOKEN)
    assert not await Server("http://127.0.0.1:9", auth).answers()
    fake.prefix = ""
    fake.on("GET /readyz", says(503), says(200))
    assert [await Server(fake.url, auth).answers() for _ in range(2)] == [False, True]


@pytest.mark.parametrize("url", ["not a url", "http://[::1", "http://127.0.0.1:99999", "ftp://example.org", "https://"])
def test_what_is_no_address_is_said_to_be_none(tmp_path: Path, url: str) -> None:
    """A slip of the pen is told, not shown as a fault of the program."""
    with pytest.raises(NoServer, match="no address"):
        choose_server(url, TOKEN, tmp_path)
