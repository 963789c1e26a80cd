"""A scripted server, and a client of it that doesn't wait long between attempts."""

from collections.abc import AsyncIterator, Iterator

import pytest
from pydantic import SecretStr
from stamina.instrumentation import get_on_retry_hooks, set_on_retry_hooks

from server.client.client import Client
from server.client.retries import Retries
from server.client.sign_in import BearerToken
from tests.client.fake import Fake, fake_server

QUICK = Retries(attempts=4, first_seconds=0.01, longest_seconds=0.02)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    hooks = get_on_retry_hooks()
    set_on_retry_hooks([])
    yield
    set_on_retry_hooks(hooks)


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    """A server that answers what the test tells it."""
    async with fake_server() as fake:
        yield fake


@pytest.fixture
async def client(fake: Fake) -> AsyncIterator[Client]:
    """A client of that server."""
    async with Client.connect(fake.url, BearerToken(SecretStr("a-token")), QUICK) as client:
        yield client
