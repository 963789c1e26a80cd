"""How commands run at a server, and how they end."""

import asyncio
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import SecretStr
from rich.console import Console

from server.client import operating
from server.client.batch import Outcome
from server.client.finding import NoServer, Server, choose_server
from server.client.sign_in import ADMIN_SCOPE

FAILED = 1
WIDE = 1000
"""Columns for tables: terminals wrap a long line, where a table made to fit would lose some of it."""
WHERE_ELSE = "Start a server here with `make run`, or name another with --server and --token."

At = Annotated[str | None, typer.Option("--server", envvar="LECTERN_SERVER", help="Without, the stack of this folder.")]
Token = Annotated[
    str | None,
    typer.Option("--token", envvar="LECTERN_TOKEN", help="Signs in; the variable keeps it from being seen."),
]


def operate(act: operating.Act, server: str | None, token: str | None, scope: str = ADMIN_SCOPE) -> NoReturn:
    """Do something at the server that is named, or found here, and print what it says."""
    chosen = choose(server, token, scope)
    end(asyncio.run(operating.operate(chosen, act, Console(width=WIDE), Console(stderr=True))))


def choose(server: str | None, token: str | None, scope: str) -> Server:
    """Return the server that is named, or found here; without one, end the command."""
    try:
        return choose_server(server or None, SecretStr(token) if token else None, Path.cwd(), scope)
    except NoServer as missing:
        say(Console(stderr=True), str(missing))
        raise typer.Exit(Outcome.NO_SERVER) from None


def end(outcome: Outcome) -> NoReturn:
    """End the command with the status of an outcome."""
    if outcome is Outcome.NO_SERVER:
        say(Console(stderr=True), WHERE_ELSE)
    raise typer.Exit(outcome)


def say(console: Console, line: str) -> None:
    """Print a line as it is."""
    console.print(line, markup=False, highlight=False, soft_wrap=True)
