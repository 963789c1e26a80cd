"""What the documentation says can be typed."""

import asyncio
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.guides.conftest import surroundings
from tests.guides.reading import ROOT, Block, blocks
from tests.guides.typed import BY_THEMSELVES, GUIDES, Guide


def commands(guide: Guide) -> Iterable[Block]:
    """Yield what is typed: what the page builds upon, and all of its own that isn't typed elsewhere."""
    yield from (block for block in blocks("docs/api.md") if block.heading in guide.after)
    yield from (block for block in blocks(guide.page) if not block.reason and block.program not in BY_THEMSELVES)


async def type_in(guide: Guide, folder: Path) -> str:
    """Type the commands of a guide, one after the other in one shell, and return what it printed."""
    text = "\n".join(block.text for block in commands(guide))
    said, errors = folder / "said.txt", folder / "errors.txt"
    with said.open("wb") as stdout, errors.open("wb") as stderr:  # no pipes: what goes on behind the shell holds them
        shell = await asyncio.create_subprocess_exec(
            "bash", "-e", "-c", text, cwd=folder, env=surroundings(), stdout=stdout, stderr=stderr
        )
    async with asyncio.timeout(90):
        status = await shell.wait()
    assert status == 0, (errors.read_text(), said.read_text())
    return said.read_text()


@pytest.mark.parametrize("guide", GUIDES, ids=[guide.page for guide in GUIDES])
async def test_guide_works_as_written(guide: Guide, folder: Path) -> None:
    """Every command of the page succeeds, says what it is to say, and makes the files that it is to make."""
    said = await type_in(guide, folder)
    assert {words: said.count(words) for words in guide.says} == guide.says, said
    begun = {name: (folder / name).read_bytes()[:32] for name in guide.makes}
    assert all(mark in begun[name] for name, mark in guide.makes.items()), begun


async def test_preprocessing_guide_works_as_written(folder: Path) -> None:
    """A program that has boto3 alone gets its recording prepared by the workers that run."""
    [program] = re.findall(r"```python\n(.*?)```", (ROOT / "docs/preprocessing.md").read_text(), re.DOTALL)
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(60):
        said, errors = await running.communicate()
    assert said.decode() == "audio/mpeg\n", errors.decode()
