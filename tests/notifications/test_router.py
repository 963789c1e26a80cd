"""Live events over a real connection: a stream can't be read through an in-process transport."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from arq.connections import ArqRedis
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from server.notifications import stream
from server.unit_of_work import Units
from server.users.models import Identity
from server.valkey.broadcast import publish
from tests.swapping import instead
from tests.tokens import Pool


@pytest.fixture
async def served(running_app: FastAPI, separate_units: Units) -> AsyncIterator[httpx.AsyncClient]:
    """The application on a port of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(running_app, lifespan="off", log_config=None))
    with instead(running_app, units=separate_units):
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}/api/v1") as client:
            yield client
        server.should_exit = True
        await serving


@asynccontextmanager
async def following(client: httpx.AsyncClient, headers: dict[str, str]) -> AsyncIterator[AsyncIterator[Any]]:
    """Follow the caller's events as `(name, data)`."""
    async with client.stream("GET", "/events", headers=headers, timeout=10) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")

        async def events() -> AsyncIterator[tuple[str, Any]]:
            name = ""
            async for line in answer.aiter_lines():
                if line.startswith("event:"):
                    name = line.removeprefix("event:").strip()
                elif line.startswith("data:"):
                    yield name, json.loads(line.removeprefix("data:"))

        yield events()


async def user_id(units: Units, subject: str) -> Any:
    """Find a person's id."""
    async with units.begin() as work:
        return (await work.session.execute(select(Identity.user_id).where(Identity.subject == subject))).scalar_one()


async def test_events_reach_their_owner_alone(
    served: httpx.AsyncClient, separate_units: Units, valkey: ArqRedis, pool: Pool
) -> None:
    """Each caller hears of their own things, and of no one else's."""
    async with (
        following(served, pool.person("anna")) as annas,
        following(served, pool.person("ben")) as bens,
    ):
        assert [await anext(annas), await anext(bens)] == [("reset", {}), ("reset", {})]
        for name in ("anna", "ben"):
            await publish(valkey, await user_id(separate_units, name), {"type": "result", "for": name})
        assert await anext(annas) == ("result", {"type": "result", "for": "anna"})
        assert await anext(bens) == ("result", {"type": "result", "for": "ben"})


async def test_open_stream_holds_no_connection_to_the_database(
    served: httpx.AsyncClient, engine: AsyncEngine, pool: Pool
) -> None:
    """More pages may be open than there are connections in the pool."""
    connections = engine.pool
    assert isinstance(connections, AsyncAdaptedQueuePool)
    async with following(served, pool.person("anna")) as events:
        await anext(events)
        assert connections.checkedout() == 0


async def test_gap_is_told(served: httpx.AsyncClient, separate_units: Units, valkey: ArqRedis, pool: Pool) -> None:
    """When Valkey was away, whoever follows is told to read the present state, and events go on."""
    async with following(served, pool.person("anna")) as events:
        assert await anext(events) == ("reset", {})
        await valkey.client_kill_filter(_type="pubsub")
        assert await anext(events) == ("reset", {})
        anna = await user_id(separate_units, "anna")
        heard = asyncio.ensure_future(anext(events))
        while not heard.done():
            await publish(valkey, anna, {"type": "result"})
            await asyncio.sleep(0.1)
        assert await heard == ("result", {"type": "result"})


async def test_stream_outlasts_its_session_by_little(
    served: httpx.AsyncClient, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends by itself after a while, so that whoever was signed out meanwhile hears no more."""
    monkeypatch.setattr(stream, "LASTS_SECONDS", 0.1)
    async with following(served, pool.person("anna")) as events:
        assert [event async for event in events] == [("reset", {})]


async def test_stream_needs_a_caller(served: httpx.AsyncClient) -> None:
    """Nobody follows without saying who they are."""
    assert (await served.get("/events")).status_code == 401
