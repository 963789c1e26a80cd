"""Tests of signing in as a machine."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from server.client.client import PREFIX, Client
from server.client.problems import NotSignedIn, Unreachable
from server.client.sign_in import MachineSignIn
from tests.client import wire
from tests.client.conftest import QUICK
from tests.client.fake import Answer, Fake, hangs_up, problem, says
from tests.client.wire import UPLOAD_ID

TOKEN = "POST /token"
UPLOAD = f"GET /uploads/{UPLOAD_ID}"


def granted(token: str, seconds: int = 3600) -> dict[str, object]:
    """Grant a token."""
    return {"access_token": token, "expires_in": seconds, "token_type": "Bearer"}


@pytest.fixture
async def machine(fake: Fake) -> AsyncIterator[Client]:
    """A client that signs in by its secret."""
    fake.on(UPLOAD, says(200, wire.upload()))
    auth = MachineSignIn(f"{fake.url}{PREFIX}/token", "robot", SecretStr("s3cret"))
    async with Client.connect(fake.url, auth, QUICK) as client:
        yield client


def shown(fake: Fake) -> list[str]:
    """Return the credentials of each request for the upload."""
    return [seen.headers["authorization"] for seen in fake.seen if seen.method == "GET"]


async def test_many_requests_one_sign_in(fake: Fake, machine: Client) -> None:
    """Requests that begin together share one token, which was asked for with id, secret and scope."""
    fake.on(TOKEN, says(200, granted("one")))
    await asyncio.gather(*(machine.upload(UPLOAD_ID) for _ in range(5)))
    assert shown(fake) == ["Bearer one"] * 5
    assert fake.bodies(TOKEN) == [b"grant_type=client_credentials&scope=lectern%2Fbase"]
    asked = next(seen for seen in fake.seen if seen.method == "POST")
    assert asked.headers["authorization"] == f"Basic {b64encode(b'robot:s3cret').decode()}"


async def test_token_is_renewed_before_it_ends(fake: Fake, machine: Client) -> None:
    """A token that is about to end isn't shown any more."""
    fake.on(TOKEN, says(200, granted("one", seconds=0)), says(200, granted("two")))
    for _ in range(3):
        await machine.upload(UPLOAD_ID)
    assert shown(fake) == ["Bearer one", "Bearer two", "Bearer two"]


async def test_refused_token_is_replaced_once(fake: Fake, machine: Client) -> None:
    """A token that should be good but is refused (the server has new keys) is replaced, and the request repeated."""
    fake.on(TOKEN, says(200, granted("old")), says(200, granted("new")))
    fake.on(UPLOAD, problem(401, "unauthenticated", "Sign in again."), says(200, wire.upload()))
    await machine.upload(UPLOAD_ID)
    assert shown(fake) == ["Bearer old", "Bearer new"]


async def test_refused_twice(fake: Fake, machine: Client) -> None:
    """A new token that is refused too is the end."""
    fake.on(TOKEN, says(200, granted("any")))
    fake.on(UPLOAD, problem(401, "unauthenticated", "Sign in here."))
    with pytest.raises(NotSignedIn, match="Sign in here"):
        await machine.upload(UPLOAD_ID)
    assert fake.count(UPLOAD) == 2


async def test_wrong_secret(fake: Fake, machine: Client) -> None:
    """The provider's refusal is told in its own words, and not tried again."""
    fake.on(TOKEN, says(400, {"error": "invalid_client", "error_description": "Unknown client."}))
    with pytest.raises(NotSignedIn) as raised:
        await machine.upload(UPLOAD_ID)
    assert (raised.value.code, raised.value.detail) == ("invalid_client", "Unknown client.")
    assert fake.count(TOKEN) == 1


async def test_something_else_at_the_token_url(fake: Fake, machine: Client) -> None:
    """An answer that grants nothing is a refusal."""
    fake.on(TOKEN, says(200, b"<html>Welcome!</html>"))
    with pytest.raises(NotSignedIn):
        await machine.upload(UPLOAD_ID)


@pytest.mark.parametrize("trouble", [says(503), hangs_up])
async def test_provider_away_for_a_moment(fake: Fake, machine: Client, trouble: Answer) -> None:
    """A provider in trouble is asked again, as the service would be."""
    fake.on(TOKEN, trouble, says(200, granted("one")))
    await machine.upload(UPLOAD_ID)
    assert shown(fake) == ["Bearer one"]


async def test_provider_away_for_good(fake: Fake, machine: Client) -> None:
    """A provider that never answers makes the service unreachable."""
    fake.on(TOKEN, hangs_up)
    with pytest.raises(Unreachable):
        await machine.upload(UPLOAD_ID)
    assert fake.count(TOKEN) == QUICK.attempts
