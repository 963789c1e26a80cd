"""A checkout in which somebody has typed `make run`."""

import asyncio
import os
import shutil
import signal
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.guides.reading import ROOT
from tests.unmeasured import unmeasured

LINKED = (
    "Makefile",
    "pyproject.toml",
    "requirements",
    "samples",
    ".venv/bin",
    ".venv/lib",
    ".venv/pyvenv.cfg",
    ".tools/uv/bin",
    "web_client/package-lock.json",
    "web_client/.npmrc",
)
COPIED = ("alembic.ini", "migrations")
"""What commands of the guides write into."""
BUILT = (
    ".tools/uv/done",
    ".tools/aws/done",
    ".tools/node/done",
    ".venv/done",
    "web_client/node_modules/.done",
    "web_client/dist/index.html",
)
"""The marks by which `make` knows that nothing is left to be brought or built, each after what it is made from."""


def checkout(folder: Path) -> Path:
    """Make a folder like a checkout that is set up; what is made in it stays in it."""
    for name in LINKED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(ROOT / name)
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    for name in ("web_client/src", "web_client/public"):
        (folder / name).mkdir()
    for name in BUILT:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


@pytest.fixture(scope="package")
async def folder(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Path]:
    """A checkout whose stack was started by `make run`, and is stopped by Ctrl-C."""
    folder = checkout(tmp_path_factory.mktemp("checkout"))
    with (folder / "shown.txt").open("wb") as shown:
        running = await asyncio.create_subprocess_exec(
            "make",
            "run",
            cwd=folder,
            env=surroundings(),
            stdin=DEVNULL,
            stdout=shown,
            stderr=shown,
            start_new_session=True,
        )
    try:
        await _answers(running, folder)
        yield folder
    finally:
        if running.returncode is None:
            os.killpg(running.pid, signal.SIGINT)
        async with asyncio.timeout(30):
            await running.wait()


def surroundings() -> dict[str, str]:
    """Return the environment of somebody who types."""
    return unmeasured(os.environ) | {"MAKEFLAGS": "", "MAKELEVEL": ""}


async def _answers(running: Process, folder: Path) -> None:
    async with asyncio.timeout(90):
        while not (folder / ".lectern/local.json").exists():
            assert running.returncode is None, (folder / "shown.txt").read_text()
            await asyncio.sleep(0.1)
