"""Commands that run the whole stack on this machine."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from server.client.batch import Outcome
from server.client.commands import show_texts
from server.client.finding import NoServer, Server, find_local
from server.commands.files import Files
from server.commands.running import FAILED, say
from server.local import stack
from server.local.backing import Options
from server.local.errors import StackError
from server.local.ports import Ports

Folder = Annotated[Path, typer.Option(file_okay=False, help="Where the stack keeps its data.")]
Port = Annotated[int, typer.Option(min=0, max=65_535, help="By default the one of the last time, or a free one.")]

app = typer.Typer()


@app.command()
def up(  # noqa: PLR0913 - one parameter for each option
    folder: Folder = stack.FOLDER,
    port: Port = 0,
    aws_port: Port = 0,
    postgres_port: Port = 0,
    valkey_port: Port = 0,
    *,
    reload: Annotated[bool, typer.Option("--reload", help="Restart the API when its code changes.")] = False,
) -> None:
    """Run the whole stack on this machine until Ctrl-C."""
    ports = Ports(api=port, aws=aws_port, postgres=postgres_port, valkey=valkey_port)
    raise typer.Exit(asyncio.run(stack.up(folder, ports, reload=reload)))


@app.command()
def demo(files: Files) -> None:
    """Show what it does: run the stack if it isn't up, and print the text of some files with its times."""
    try:
        raise typer.Exit(asyncio.run(_demonstrate(files)))
    except (NoServer, StackError) as error:
        say(Console(stderr=True), str(error))
        raise typer.Exit(FAILED) from None


async def _demonstrate(files: list[Path]) -> Outcome:
    errors = Console(stderr=True)
    running = find_local(Path.cwd())
    if running is not None and await running.answers():
        outcome = await show_texts(running, files, errors)
        say(errors, f"\nLectern goes on running at {running.url}")
        return outcome
    say(errors, "Starting Lectern; the first time takes a little longer.")
    async with stack.stack(options=Options(say=partial(say, errors))) as started:
        server = Server.described(started.local_json)
        outcome = await show_texts(server, files, errors)
        say(errors, "\nStopping Lectern.")
    say(errors, f"`make run` starts it again and keeps it open; it will be at {server.url}")
    return outcome
