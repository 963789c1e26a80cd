"""What the documentation says can be typed."""

import asyncio
import re
import shutil
import sys
from pathlib import Path

import pytest

from server.local.stack import Running
from tests.conftest import SAMPLE

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def folder(running_stack: Running) -> Path:
    """A folder in which one may have typed `make run`."""
    folder = running_stack.local_json.parents[1]
    (folder / "samples").mkdir()
    shutil.copy(SAMPLE, folder / "samples")
    return folder


async def type_in(guide: str, folder: Path) -> str:
    """Type every command of a guide, one after the other in one shell, and return what it printed."""
    commands = re.findall(r"```sh\n(.*?)```", (DOCS / guide).read_text(), re.DOTALL)
    said, errors = folder / "said.txt", folder / "errors.txt"
    with said.open("wb") as stdout, errors.open("wb") as stderr:  # no pipes: what goes on behind the shell holds them
        shell = await asyncio.create_subprocess_exec(
            "bash", "-e", "-c", "\n".join(commands), cwd=folder, stdout=stdout, stderr=stderr
        )
    async with asyncio.timeout(90):
        status = await shell.wait()
    assert status == 0, errors.read_text()
    return said.read_text()


async def test_api_guide_works_as_written(folder: Path) -> None:
    """Speech becomes text by what the guide says, and its renditions are to be had."""
    assert "WEBVTT" in await type_in("api.md", folder)
    assert (folder / "light.m4a").read_bytes()[4:8] == b"ftyp"


async def test_ways_to_sign_in_work_as_written(folder: Path) -> None:
    """Machine, person, key and tool are each let in, a person sees only their own and is out once they sign out."""
    said = await type_in("authentication.md", folder)
    assert '"email":"ada@example.com"' in said
    assert "mine: ['mine.wav']" in said
    assert said.count("401\n") == 2
    assert said.count('"items"') == 4
    assert "nightly upload" in said


async def test_document_guide_works_as_written(folder: Path) -> None:
    """Texts become sentences in two languages, and of two edits of one revision the second is told."""
    said = await type_in("documents.md", folder)
    assert '"text":"היה מאוחר."' in said
    assert '"title":"An evening"' in said
    assert said.count('"code":"revision_differs"') == 1


async def test_recital_guide_works_as_written(folder: Path) -> None:
    """What was read aloud has its text with times and a sound for every player, and is taken back in the end."""
    said = await type_in("recitals.md", folder)
    assert "00:00:00.000 --> 00:00:06.500\nAnd Mr. John Dashwood" in said
    assert '"cues":[{"start_ms":0,"end_ms":6500' in said
    assert '"code":"disavowed"' in said
    assert (folder / "recital.m4a").read_bytes()[4:8] == b"ftyp"


async def test_sharing_guide_works_as_written(folder: Path) -> None:
    """A result gets a title and tags, is read by a link until that is revoked, and comes in a file of many."""
    said = await type_in("sharing.md", folder)
    assert '{"items":[{"tag":"novel","count":1}]}' in said
    assert said.count('"code":"revision_differs"') == 1
    assert '"title":"Sense and Sensibility","duration_ms"' in said
    assert "00:00:00,000 --> 00:00:0" in said
    assert said.count('"code":"no_such_share"') == 1
    assert "Sense and Sensibility.docx" in said


async def test_preprocessing_guide_works_as_written(folder: Path) -> None:
    """A program that has boto3 alone gets its recording prepared by the workers that run."""
    [program] = re.findall(r"```python\n(.*?)```", (DOCS / "preprocessing.md").read_text(), re.DOTALL)
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(60):
        said, errors = await running.communicate()
    assert said.decode() == "audio/mpeg\n", errors.decode()
