"""Workers that die in the middle of their work.

The last of this folder: a message that is handed to a dead worker's request comes back only after half a minute.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from server.local.stack import Running
from tests.conftest import SAMPLE
from tests.end_to_end.foreign import machine, result_of, send, until
from tests.end_to_end.reciting import SENTENCES, published, recite

TRIES = 5


@pytest.fixture
async def database(running_stack: Running) -> AsyncIterator[asyncpg.Connection]:
    """The stack's own database."""
    address = running_stack.backing.environment["DB_CONNECTION_STR"].replace("postgresql+asyncpg", "postgresql")
    connection = await asyncpg.connect(address)
    yield connection
    await connection.close()


async def begun(database: asyncpg.Connection, kind: str) -> None:
    """Return as soon as a stage is being worked on."""
    query = "SELECT EXISTS (SELECT FROM tasks WHERE kind = $1 AND state = 'running')"
    async with asyncio.timeout(60):
        while not await database.fetchval(query, kind):
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(("victim", "kind"), [("worker", "transcode"), ("whisper", "transcribe")])
async def test_killed_worker_is_replaced_and_the_result_completes_once(
    local: dict[str, Any], running_stack: Running, database: asyncpg.Connection, victim: str, kind: str
) -> None:
    """`kill -9` in mid-work: the worker is started again, the stage begins anew, and the text is there once."""
    async with machine(local) as client:
        for _ in range(TRIES):  # the work is quick: a kill that comes too late proves nothing
            upload_id = await send(client, SAMPLE.read_bytes(), complete=True)
            await begun(database, kind)
            before = running_stack.pids[victim]
            os.kill(before, signal.SIGKILL)
            result_id = await result_of(client, upload_id)
            async with asyncio.timeout(60):
                result = await until(client, "completed", "failed", result_id=result_id)
            assert running_stack.pids[victim] != before
            assert result["status"] == "completed", result["error"]
            assert result["text"].count("Dashwood") == 1
            assert [segment["index"] for segment in result["segments"]] == [*range(len(result["segments"]))]
            query = "SELECT attempt, state FROM tasks WHERE subject_id = $1 AND kind = $2"
            [(attempt, state)] = await database.fetch(query, UUID(result_id), kind)
            assert state == "done"
            if attempt > 1:
                return
    pytest.fail(f"{TRIES} kills all came too late")


@pytest.mark.parametrize("kind", ["aggregate", "publish"])
async def test_recital_survives_its_worker(
    local: dict[str, Any], running_stack: Running, database: asyncpg.Connection, kind: str
) -> None:
    """`kill -9` while a recital is made one recording, or declared published: both are done in the end, and once."""
    async with machine(local, "lectern/admin") as client:
        for _ in range(TRIES):
            recital_id = await recite(client)
            await begun(database, kind)
            os.kill(running_stack.pids["worker"], signal.SIGKILL)
            async with asyncio.timeout(60):
                recital = await published(client, recital_id)
            assert recital["duration_ms"] == pytest.approx(SENTENCES[-1][1], abs=100)
            query = "SELECT attempt, state FROM tasks WHERE subject_id = $1 AND kind = $2"
            [(attempt, state)] = await database.fetch(query, UUID(recital_id), kind)
            assert state == "done"
            if attempt > 1:
                return
    pytest.fail(f"{TRIES} kills all came too late")


async def test_workers_go_on_when_valkey_has_died(local: dict[str, Any], running_stack: Running) -> None:
    """Valkey killed and started anew, with everything in it forgotten: the same workers go on, and nothing is lost."""
    workers = {name: running_stack.pids[name] for name in ("worker", "whisper")}
    async with machine(local) as client:
        os.kill(running_stack.pids["valkey"], signal.SIGKILL)
        result_id = await result_of(client, await send(client, SAMPLE.read_bytes(), complete=True))
        async with asyncio.timeout(60):
            result = await until(client, "completed", "failed", result_id=result_id)
    assert result["status"] == "completed", result["error"]
    assert {name: running_stack.pids[name] for name in workers} == workers
