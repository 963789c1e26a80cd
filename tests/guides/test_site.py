"""The documentation as a site."""

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

from tests.guides.reading import ROOT

LOADED = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)=[\"']?(?:https?:)?//[^\"' >]+")
OF_STYLES = re.compile(r"(?:url\(|@import\s)[\"']?(?:https?:)?//[^\"')]+")


async def test_site_asks_no_other_host(tmp_path: Path) -> None:
    """Every link of the pages leads somewhere, and reading them tells nobody: all that they load comes along."""
    built = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path,
        cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, stdout=PIPE, stderr=STDOUT,
    )  # fmt: skip
    said, _ = await built.communicate()
    assert built.returncode == 0, said.decode()
    pages, styles = [*tmp_path.rglob("*.html")], [*tmp_path.rglob("*.css")]
    assert (tmp_path / "index.html") in pages
    assert styles
    loaded = [name for page in pages for name in LOADED.findall(page.read_text())]
    loaded += [name for style in styles for name in OF_STYLES.findall(style.read_text())]
    assert not loaded
