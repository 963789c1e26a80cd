"""The first command of the README."""

import asyncio
import re
from asyncio.subprocess import PIPE
from pathlib import Path

from pydantic import SecretStr

from server.client.finding import Server
from server.client.sign_in import BearerToken
from tests.guides.conftest import checkout, surroundings
from tests.guides.reading import blocks


async def test_demonstration_brings_its_own_stack(tmp_path: Path) -> None:
    """Where nothing runs, the demonstration starts a stack, stops it, and says how to keep it open."""
    command = next(blocks("README.md")).text
    typed = await asyncio.create_subprocess_exec(
        "bash", "-e", "-c", command, cwd=checkout(tmp_path), env=surroundings(), stdout=PIPE, stderr=PIPE
    )
    async with asyncio.timeout(120):
        said, errors = (stream.decode() for stream in await typed.communicate())
    assert typed.returncode == 0, errors
    assert "00:00.00 → " in said
    where = re.search(r"`make run` .* at (http://127\.0\.0\.1:\d+)$", errors.rstrip())
    assert where is not None, errors
    assert not await Server(where[1], BearerToken(SecretStr("any"))).answers()
