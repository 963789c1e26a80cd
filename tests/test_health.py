"""Whether the process lives, and what it stands on answers."""

import httpx
import pytest
from fastapi import FastAPI

from server.settings import Settings
from tests.swapping import instead


@pytest.fixture
def root(http: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client outside the API's prefix."""
    http.base_url = httpx.URL("http://lectern.test")
    return http


async def test_all_answer(root: httpx.AsyncClient) -> None:
    """With everything there, both say so."""
    assert (await root.get("/healthz")).json() == {"status": "ok"}
    assert (await root.get("/readyz")).json() == {"status": "ready", "down": []}


async def test_what_is_down_is_named(root: httpx.AsyncClient, running_app: FastAPI, settings: Settings) -> None:
    """A missing bucket is named, and without it no request can be served."""
    broken = settings.model_copy(deep=True)
    broken.aws.raw_bucket = "there-is-no-such-bucket"
    with instead(running_app, settings=broken):
        answer = await root.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "down", "down": ["s3"]})


async def test_what_can_wait_only_degrades(root: httpx.AsyncClient, running_app: FastAPI, settings: Settings) -> None:
    """Without its queue the API goes on taking uploads."""
    broken = settings.model_copy(deep=True)
    broken.aws.uploads_queue_url += "-gone"
    with instead(running_app, settings=broken):
        answer = await root.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "degraded", "down": ["sqs"]})
