"""Every way in which a process of ours begins, tried without any settings."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from server.local.backing import CHECKOUT

BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("uvicorn server.application:app", 9),
        ("uvicorn --app-dir=server application:app", 9),
        ("arq server.worker.settings.WorkerSettings", 9),
        ("arq server.worker.settings.WhisperWorkerSettings", 9),
        (f"alembic -c {CHECKOUT}/alembic.ini upgrade head", 1),
        ("lectern check", 9),
        ("lectern aggregate_sessions", 9),
    ],
)
async def test_what_is_missing_is_said_without_a_traceback(tmp_path: Path, command: str, lines: int) -> None:
    """It ends with status 2, and a line for each setting that it needs."""
    program, *arguments = command.replace("--app-dir=server", f"--app-dir={CHECKOUT}/server").split()
    environment = {"PATH": os.defpath, "PYTHONPATH": str(CHECKOUT)}
    process = await asyncio.create_subprocess_exec(
        BIN / program, *arguments, stdout=PIPE, stderr=PIPE, cwd=tmp_path, env=environment
    )
    output, errors = await process.communicate()
    assert (process.returncode, output) == (2, b"")
    said = errors.decode().splitlines()
    assert len(said) == lines
    assert all(" is missing. Set it: " in line for line in said)
