"""Our commands, run as a user runs them."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LECTERN = Path(sys.executable).with_name("lectern")


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended."""

    status: int
    output: str
    errors: str


async def lectern(folder: Path, *arguments: str | Path, environment: Mapping[str, str] | None = None) -> Done:
    """Run a command in a folder, by default in our own environment."""
    process = await asyncio.create_subprocess_exec(
        LECTERN, *arguments, stdout=PIPE, stderr=PIPE, cwd=folder, env=environment
    )
    async with asyncio.timeout(120):
        output, errors = await process.communicate()
    return Done(process.returncode or 0, output.decode(), errors.decode())
