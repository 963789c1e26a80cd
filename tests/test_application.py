"""The API as a process, and as a document."""

import asyncio
import socket
import sys
from asyncio.subprocess import DEVNULL
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from server.application import SIGN_INS
from server.local.backing import Backing

CHECKOUT = Path(__file__).parents[1]


@pytest.mark.parametrize("way", [("server.application:app",), ("--app-dir=server", "application:app")])
async def test_both_ways_to_start_it(services: Backing, way: tuple[str, ...]) -> None:
    """By its package or from within its folder, the application starts and everything it stands on answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "uvicorn", *way, "--port", str(port))
    process = await asyncio.create_subprocess_exec(*command, env=services.environment, cwd=CHECKOUT, stderr=DEVNULL)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client, asyncio.timeout(30):
            while True:
                try:
                    answer = await client.get("/readyz")
                    break
                except httpx.ConnectError:
                    await asyncio.sleep(0.1)
        assert answer.json() == {"status": "ready", "down": []}
    finally:
        process.terminate()
        await process.wait()


SHARED = "/api/v1/shared/"
"""For whoever has a link."""


def test_every_operation_is_described(running_app: FastAPI) -> None:
    """Each has an id of its own, a summary, and says how it refuses strangers, but those that are made for them."""
    operations = [
        (path, operation) for path, methods in running_app.openapi()["paths"].items() for operation in methods.values()
    ]
    ids = [operation["operationId"] for _, operation in operations]
    assert len(ids) == len(set(ids)) > 10
    for path, operation in operations:
        assert operation["summary"], path
        assert operation["description"], path
        if path.startswith("/api/") and path not in SIGN_INS and not path.startswith(SHARED):
            assert "401" in operation["responses"], path
