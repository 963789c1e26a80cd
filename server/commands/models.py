"""Commands about the speech models of our own machines."""

import subprocess
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from server.commands.running import FAILED, WIDE, say
from server.configuration.processing import Whisper
from server.local.environment import surroundings
from server.transcription.engines import fetching
from server.transcription.engines.catalogue import Catalogue
from server.transcription.engines.errors import EngineUnavailable
from server.transcription.engines.inventory import Entry, take_inventory

app = typer.Typer(help="The speech models of our own machines.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_models() -> None:
    """Show the models that WHISPER_MODEL and WHISPER_OTHER_MODELS name, the default first."""
    environment = surroundings()
    try:
        entries = list(take_inventory(Catalogue.of(Whisper(), environment), environment))
    except (EngineUnavailable, ValidationError) as error:
        say(Console(stderr=True), str(error))
        raise typer.Exit(FAILED) from None
    table = Table("name", "languages", "on disk", "source", box=None, pad_edge=False)
    for entry in entries:
        table.add_row(*_described(entry))
    Console(width=WIDE).print(table, markup=False, highlight=False)


@app.command("fetch")
def fetch_model(
    name: Annotated[str, typer.Argument(help="Such as small, large-v3 or owner/name on the Hugging Face hub.")],
    folder: Annotated[
        Path | None, typer.Option(file_okay=False, help="A folder of its own for it; without, the hub's cache.")
    ] = None,
) -> None:
    """Fetch a model from the hub, so that it is here when it is asked for; what broke off is gone on with."""
    command, environment = fetching.command(name, folder), fetching.variables(surroundings())
    done = subprocess.run(command, env=environment, check=False)  # noqa: S603 - our own program, no shell
    raise typer.Exit(FAILED if done.returncode else 0)


def _described(entry: Entry) -> tuple[str, ...]:
    name = f"{entry.name} (default)" if entry.is_default else entry.name
    size = f"{entry.size / 1e6:,.0f} MB" if entry.folder else "not here"
    return name, _languages(entry.languages), size, entry.source


def _languages(codes: frozenset[str] | None) -> str:
    if codes is None:
        return "known once here"
    return ", ".join(codes) if len(codes) == 1 else str(len(codes))
