"""From reading aloud to the files of a recital over HTTP alone, with the seed's commands run beside the workers."""

import asyncio
import json
import os
import re
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import pytest
import webvtt

from server import admin_client
from server.local.stack import Running
from tests.end_to_end.foreign import machine
from tests.end_to_end.reciting import SENTENCES, published, recite


async def command(running_stack: Running, *arguments: str) -> dict[str, Any]:
    """Run a command as an operator does who stands beside the stack's folder, and read what it prints."""
    program = (sys.executable, str(Path(admin_client.__file__)), *arguments, "--json")
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    place = running_stack.local_json.parents[1]
    process = await asyncio.create_subprocess_exec(*program, stdout=PIPE, stderr=PIPE, cwd=place, env=environment)
    output, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    printed: dict[str, Any] = json.loads(output)
    return printed


async def test_commands_beside_the_workers(local: dict[str, Any], running_stack: Running) -> None:
    """Whoever comes first does the work, once: the recital is published with its four files, and has its text."""
    async with machine(local, "lectern/admin") as client, asyncio.timeout(120):
        recital_id = await recite(client)
        passes = [command(running_stack, name) for name in ("aggregate_sessions", "upload_sessions")]
        *printed, recital = await asyncio.gather(*passes, published(client, recital_id))
        assert [told["failed"] for told in printed] == [[], []]
        assert recital["duration_ms"] == pytest.approx(SENTENCES[-1][1], abs=100)
        assert (recital["gaps"], recital["error"]) == ([], None)
        types = {}
        for file in ("transcript", "source", "main", "light"):
            got = await client.get(f"/recitals/{recital_id}/files/{file}", follow_redirects=True)
            types[file] = got.raise_for_status().headers["content-type"].partition(";")[0]
        assert types == {"transcript": "text/vtt", "source": "audio/webm", "main": "audio/webm", "light": "audio/mp4"}
        transcript = await client.get(f"/recitals/{recital_id}/files/transcript", follow_redirects=True)
        cues = webvtt.from_string(transcript.text).captions
        assert [(cue.start, cue.end, cue.text) for cue in cues] == [
            ("00:00:00.000", "00:00:02.600", SENTENCES[0][0]),
            ("00:00:02.600", "00:00:05.500", SENTENCES[1][0]),
        ]
        while (result := (await client.get(f"/results/{recital['result_id']}")).json())["status"] != "completed":
            assert result["status"] != "failed", result["error"]
            await asyncio.sleep(0.1)
        assert re.search("dashwood", result["text"], re.IGNORECASE)
