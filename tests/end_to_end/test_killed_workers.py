"""Workers that die in the middle of their work."""

import asyncio
import os
import signal
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from server.local.stack import Running
from tests.conftest import SAMPLE
from tests.end_to_end.foreign import machine, result_of, send, until

TRIES = 5


async def attempts(stack: Running, result_id: str, kind: str) -> list[tuple[int, str]]:
    """Read how often a stage was begun for a result, and how it ended."""
    address = stack.backing.environment["DB_CONNECTION_STR"].replace("postgresql+asyncpg", "postgresql")
    connection = await asyncpg.connect(address)
    try:
        query = "SELECT attempt, state FROM tasks WHERE subject_id = $1 AND kind = $2"
        return [tuple(row) for row in await connection.fetch(query, UUID(result_id), kind)]
    finally:
        await connection.close()


@pytest.mark.parametrize(
    ("victim", "status", "kind"), [("worker", "transcoding", "transcode"), ("whisper", "transcribing", "transcribe")]
)
async def test_killed_worker_is_replaced_and_the_result_completes_once(
    local: dict[str, Any], running_stack: Running, victim: str, status: str, kind: str
) -> None:
    """`kill -9` in mid-work: the worker is started again, the stage begins anew, and the text is there once."""
    async with machine(local) as client:
        for _ in range(TRIES):  # the work is quick: a kill that comes too late proves nothing
            result_id = await result_of(client, await send(client, SAMPLE.read_bytes(), complete=True))
            await until(client, status, "completed", result_id=result_id)
            before = running_stack.pids[victim]
            os.kill(before, signal.SIGKILL)
            async with asyncio.timeout(60):
                result = await until(client, "completed", "failed", result_id=result_id)
            assert running_stack.pids[victim] != before
            assert result["status"] == "completed", result["error"]
            assert result["text"].count("Dashwood") == 1
            assert [segment["index"] for segment in result["segments"]] == [*range(len(result["segments"]))]
            [(begun, state)] = await attempts(running_stack, result_id, kind)
            assert state == "done"
            if begun > 1:
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
