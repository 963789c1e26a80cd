"""What the commands of the command line do at a server."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from server.client.batch import Batch, Outcome
from server.client.board import open_board
from server.client.client import Client, Extension
from server.client.finding import Server
from server.client.outputs import name_outputs
from server.client.stages import clock
from server.results.schemas import Result


@dataclass(frozen=True, slots=True)
class TextWish:
    """Which text is wanted, and where; without a folder, on standard output."""

    extension: Extension = "txt"
    folder: Path | None = None
    language: str | None = None


async def transcribe_files(server: Server, files: Sequence[Path], wish: TextWish, errors: Console) -> Outcome:
    """Transcribe files and give their texts out.

    Into a folder each text is written as soon as it is there. On standard output they come at the end, in the order
    of the files, when no bars are in the way any more.
    """
    names = name_outputs(files, wish.extension)
    texts: dict[Path, bytes] = {}
    async with Client.connect(server.url, server.auth) as client:

        async def deliver(file: Path, result: Result) -> None:
            text = await client.transcript(result.id, wish.extension)
            if wish.folder is None:
                texts[file] = text
            else:
                await asyncio.to_thread((wish.folder / names[file]).write_bytes, text)

        with open_board(errors) as board:
            outcome = await Batch(client, board, deliver, wish.language).run(files)
    _print_texts([(file, texts[file]) for file in files if file in texts], wish.extension)
    return outcome


async def show_texts(server: Server, files: Sequence[Path], errors: Console) -> Outcome:
    """Transcribe files and print what was said, with its times."""
    results: dict[Path, Result] = {}

    async def deliver(file: Path, result: Result) -> None:
        results[file] = result

    async with Client.connect(server.url, server.auth) as client:
        with open_board(errors) as board:
            outcome = await Batch(client, board, deliver).run(files)
    for file in files:
        if file in results:
            sys.stdout.write(f"\n{file.name}\n")
            for segment in results[file].segments:
                sys.stdout.write(f"{clock(segment.start_ms)} → {clock(segment.end_ms)}  {segment.text}\n")
    return outcome


def _print_texts(texts: Sequence[tuple[Path, bytes]], extension: Extension) -> None:
    # JSON documents can follow one another; to people, texts need telling apart.
    named = len(texts) > 1 and extension != "json"
    for file, text in texts:
        sys.stdout.write(f"==> {file.name} <==\n" if named else "")
        sys.stdout.flush()  # it holds back what it is given, and its buffer does not
        sys.stdout.buffer.write(text)
