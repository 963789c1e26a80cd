"""The whole stack with one command."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import psutil
import pytest

from tests.local.tracks import lives, until, until_gone
from tests.unmeasured import unmeasured

UP = """
import asyncio, sys
from pathlib import Path
from server.local.stack import up
sys.exit(asyncio.run(up(Path(sys.argv[1]))))
"""
START_SECONDS = 90


@asynccontextmanager
async def running_up(folder: Path) -> AsyncIterator[Process]:
    """Run `up` as a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", UP, str(folder), stdout=PIPE, env=unmeasured(os.environ)
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def read_until(process: Process, last: str) -> str:
    """Read what is said until a line begins with `last`."""
    assert process.stdout is not None
    text = ""
    async with asyncio.timeout(START_SECONDS):
        while not text.splitlines()[-1:] or not text.splitlines()[-1].startswith(last):
            line = await process.stdout.readline()
            assert line, f"ended after: {text}"
            text += line.decode()
    return text


def family_of(process: Process) -> list[int]:
    """Return every process below this one."""
    return [child.pid for child in psutil.Process(process.pid).children(recursive=True)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all these tests start: what one leaves, however it ended, must be no hindrance for the next."""
    return tmp_path_factory.mktemp("stacks") / ".lectern"


async def test_start_is_interrupted(folder: Path) -> None:
    """SIGTERM in the middle of the very first start ends it, and leaves nothing that runs."""
    async with running_up(folder) as process:
        await until(lambda: len(family_of(process)) > 3)
        family = family_of(process)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert not any(lives(pid) for pid in family)


async def test_up_is_killed(folder: Path) -> None:
    """`up` says where it answers and how to sign in, and writes it down; after `kill -9` nothing of it is left."""
    async with running_up(folder) as process:
        said = await read_until(process, "Ctrl-C")
        family = family_of(process)
        local = json.loads((folder / "local.json").read_text())
        async with httpx.AsyncClient(trust_env=False) as http:
            assert (await http.get(f"{local['base_url']}/readyz")).json() == {"status": "ready", "down": []}
        process.kill()
        await until_gone(family)
    assert (folder / "local.json").stat().st_mode & 0o777 == 0o600
    assert [person["role"] for person in local["people"]] == ["admin", "speaker"]
    for word in (local["base_url"], local["token_url"], *(person["password"] for person in local["people"])):
        assert word in said
