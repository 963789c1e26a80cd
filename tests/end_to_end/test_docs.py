"""What the documentation says can be typed."""

import asyncio
import re
import shutil
from asyncio.subprocess import PIPE
from pathlib import Path

from server.local.stack import Running
from tests.conftest import SAMPLE

DOCS = Path(__file__).parents[2] / "docs"


async def test_api_guide_works_as_written(running_stack: Running) -> None:
    """Every command of the guide, one after the other in one shell, does what is said of it."""
    commands = re.findall(r"```sh\n(.*?)```", (DOCS / "api.md").read_text(), re.DOTALL)
    folder = running_stack.local_json.parents[1]
    (folder / "samples").mkdir()
    shutil.copy(SAMPLE, folder / "samples")
    shell = await asyncio.create_subprocess_exec(
        "bash", "-e", "-c", "\n".join(commands), cwd=folder, stdout=PIPE, stderr=PIPE
    )
    async with asyncio.timeout(90):
        output, errors = await shell.communicate()
    assert shell.returncode == 0, errors.decode()
    assert "WEBVTT" in output.decode()
    assert (folder / "light.m4a").read_bytes()[4:8] == b"ftyp"
