"""Workers that die in the middle of their work."""

import asyncio
import os
import signal
from typing import Any

import pytest

from server.local.stack import Running
from tests.end_to_end.foreign import machine, result_of, send, until

REPEATS = 30


@pytest.mark.parametrize(("victim", "stage"), [("worker", "transcoding"), ("whisper", "transcribing")])
async def test_killed_worker_is_replaced_and_the_result_completes_once(
    local: dict[str, Any], running_stack: Running, long_speech: bytes, victim: str, stage: str
) -> None:
    """`kill -9` in mid-work: another worker takes over, and the text is there once."""
    async with machine(local) as client:
        result_id = await result_of(client, await send(client, long_speech))
        while True:
            midway = await until(client, stage, result_id=result_id)
            if stage == "transcoding" or midway["segments"]:
                break
        before = running_stack.pids[victim]
        os.kill(before, signal.SIGKILL)
        async with asyncio.timeout(90):
            result = await until(client, "completed", "failed", result_id=result_id)
        assert result["status"] == "completed", result["error"]
        assert running_stack.pids[victim] != before
        assert abs(result["text"].count("Dashwood") - REPEATS) <= 1
        starts = [segment["start_ms"] for segment in result["segments"]]
        assert starts == sorted(set(starts))
        assert [segment["index"] for segment in result["segments"]] == list(range(len(starts)))
