"""The OpenAPI document as a program writes it."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from fastapi import FastAPI


async def test_document_needs_no_settings(running_app: FastAPI, tmp_path: Path) -> None:
    """With nothing set, anywhere, it is written as the running service answers it."""
    command = (sys.executable, "-m", "server.openapi")
    process = await asyncio.create_subprocess_exec(*command, env={}, cwd=tmp_path, stdout=PIPE)
    written, _ = await process.communicate()
    assert json.loads(written) == json.loads(json.dumps(running_app.openapi()))
