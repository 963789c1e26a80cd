"""The command that adds a document, against a served application."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from typer.testing import CliRunner, Result

from server import admin_client
from server.unit_of_work import Units
from tests.documents.conftest import Author
from tests.swapping import instead


@pytest.fixture(autouse=True)
async def served(
    running_app: FastAPI, units: Units, author: Author, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """The application on a port, named in the environment, with the author's token."""
    server = uvicorn.Server(uvicorn.Config(running_app, lifespan="off", ws="none", log_config=None))
    listener = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setenv("LECTERN_SERVER", f"http://127.0.0.1:{listener.getsockname()[1]}")
    monkeypatch.setenv("LECTERN_TOKEN", author.headers["Authorization"].removeprefix("Bearer "))
    with instead(running_app, units=units):
        serving = asyncio.create_task(server.serve([listener]))
        yield
        server.should_exit = True
        await serving


async def upload(*arguments: str) -> Result:
    """Run the command in this process."""
    return await asyncio.to_thread(lambda: CliRunner().invoke(admin_client.app, ["upload_document", *arguments]))


async def test_files_become_documents(author: Author, tmp_path: Path) -> None:
    """The id comes first, or all that there is to know, for programs."""
    file = tmp_path / "walk.md"
    file.write_text("# A walk\n\nIt was late. Nobody came.")
    added = await upload(str(file), "--language", "en", "--public")
    assert added.exit_code == 0, added.output
    document_id, _, said = added.stdout.strip().partition(" ")
    assert said == "A walk (en, 3 sentences)"
    assert (await author.get(f"/{document_id}")).json()["is_public"]
    shown = json.loads((await upload(str(file), "--title", "Mine", "--language", "en", "--json")).stdout)
    assert (shown["title"], shown["is_public"], shown["sentence_count"]) == ("Mine", False, 3)
    assert await author.titles() == ["Mine", "A walk"]


async def test_what_is_no_document(author: Author, tmp_path: Path) -> None:
    """Refusals tell why; wrong use is told apart from them."""
    empty = tmp_path / "empty.txt"
    empty.write_text("...")
    refused = [await upload(source) for source in ("https://example.org/wiki/A", str(empty))]
    assert [one.exit_code for one in refused] == [1, 1]
    assert ["not_an_article" in refused[0].stderr, "nothing_to_read" in refused[1].stderr] == [True, True]
    (tmp_path / "folder.txt").mkdir()
    sources = ("walk.pdf", *(str(tmp_path / f"{name}.txt") for name in ("none", "folder", "long" * 100)))
    wrong = [await upload(source) for source in sources]
    assert [one.exit_code for one in wrong] == [2, 2, 2, 2]
    assert await author.titles() == []
