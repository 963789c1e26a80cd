"""Every failure is told as problem+json."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from arq.connections import ArqRedis
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from server.aws.clients import HASTY, open_clients
from server.aws.transfers import Transfers
from server.problems import MEDIA_TYPE
from server.settings import MEGABYTE, Settings
from server.unit_of_work import UnitOfWork, Units
from tests.swapping import instead
from tests.tokens import Pool


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nothing", 404), ("PUT", "/uploads", 405), ("POST", "/uploads", 422)]
)
async def test_failures_share_one_form(
    http: httpx.AsyncClient, pool: Pool, method: str, path: str, status: int
) -> None:
    """Unknown paths, wrong methods and bad bodies look alike (RFC 9457)."""
    answer = await http.request(method, path, headers=pool.person(), content=b"{not json")
    assert (answer.status_code, answer.headers["content-type"]) == (status, MEDIA_TYPE)
    body = answer.json()
    assert body["status"] == status
    assert body["detail"]


async def test_unexpected_failure_tells_nothing_but_its_id(
    http: httpx.AsyncClient, running_app: FastAPI, pool: Pool
) -> None:
    """Our own faults show no inner detail; the request id leads to the log."""
    with instead(running_app, gate="not a gate at all"):
        answer = await http.get("/results", headers=pool.person() | {"X-Request-ID": "my-id"})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert answer.headers["x-request-id"] == "my-id"
    assert "gate" not in answer.text


@pytest.mark.parametrize(("sent", "kept"), [("abc-1", True), ("a" * 129, False), ("a b", False), ("", False)])
async def test_request_id_goes_in_and_out(http: httpx.AsyncClient, sent: str, *, kept: bool) -> None:
    """A caller's own id is kept when it is harmless; else there is a new one."""
    answer = await http.get("/results", headers={"X-Request-ID": sent})
    assert (answer.headers["x-request-id"] == sent) is kept
    assert answer.headers["x-request-id"]


async def test_large_bodies_are_not_read(http: httpx.AsyncClient) -> None:
    """Nobody, and least of all a stranger, fills our memory."""
    answer = await http.post("/uploads", content=bytes(300 * 1024), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


async def test_missing_database_is_an_outage_and_no_fault(
    http: httpx.AsyncClient, running_app: FastAPI, pool: Pool, valkey: ArqRedis
) -> None:
    """While Postgres is away the answer is 503, to be tried again."""
    nowhere = create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:9/nothing")
    with instead(running_app, units=Units(async_sessionmaker(nowhere), valkey)):
        answer = await http.get("/results", headers=pool.person())
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "unavailable", "2")


async def test_missing_store_is_an_outage_and_no_fault(
    http: httpx.AsyncClient, running_app: FastAPI, pool: Pool, settings: Settings
) -> None:
    """While S3 is away the tries come to an end, and the answer is 503, to be tried again."""
    nowhere = settings.aws.model_copy(update={"endpoint_url": "http://127.0.0.1:9"})
    film = {"filename": "film.mp4", "content_type": "video/mp4", "size": 200 * MEGABYTE}
    async with open_clients(nowhere, HASTY) as clients, asyncio.timeout(30):
        with instead(running_app, transfers=Transfers(clients)):
            answer = await http.post("/uploads", json=film, headers=pool.person())
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


@pytest.mark.parametrize(
    ("statement", "status"),
    [
        ("SELECT nothing FROM nowhere", 500),
        ("DO $$ BEGIN RAISE 'the database system is shutting down' USING ERRCODE = '57P03'; END $$", 503),
    ],
)
async def test_fault_of_ours_in_the_database_is_no_outage(
    http: httpx.AsyncClient, running_app: FastAPI, pool: Pool, units: Units, statement: str, status: int
) -> None:
    """A statement that the database refuses is a fault, unless it refuses all because it is about to stop."""

    class Broken(Units):
        @asynccontextmanager
        async def begin(self) -> AsyncIterator[UnitOfWork]:
            async with units.begin() as work:
                await work.session.execute(text(statement))
                yield work

    with instead(running_app, units=Broken.__new__(Broken)):
        answer = await http.get("/results", headers=pool.person())
    assert answer.status_code == status
