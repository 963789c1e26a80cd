"""Commands for those who run a deployment."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from server.client import operating
from server.commands.running import At, Token, operate
from server.local.environment import of_commands

AsJson = Annotated[bool, typer.Option("--json", help="Print it for programs: {done, failed: [{id, error}], left}.")]

app = typer.Typer()


@app.command()
def queues(*, server: At = None, token: Token = None) -> None:
    """Show how full every queue is, and how old what waits there.

    Status, here and of the other commands for admins, 0: done; 1: refused; 2: wrong use; 3: no server, or not signed in
    there.
    """
    operate(operating.queues, server, token)


@app.command()
def redrive(
    queue: Annotated[str, typer.Argument(help="Such as uploads; `lectern queues` names them.")],
    *,
    id: Annotated[list[str] | None, typer.Option(help="Only this dead letter; may be given more than once.")] = None,  # noqa: A002 - the option's name
    server: At = None,
    token: Token = None,
) -> None:
    """Send a queue's dead letters back to be received again."""
    operate(partial(operating.redrive, queue=queue, ids=id or ()), server, token)


@app.command()
def sweep(*, server: At = None, token: Token = None) -> None:
    """Have the workers do now what they do regularly: what is due, uploads that ran out, objects nobody needs."""
    operate(operating.sweep, server, token)


@app.command()
def check(
    service: Annotated[
        Literal["api", "worker", "whisper"] | None,
        typer.Option("--as", help="Only what this process needs; without, all of them."),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Pass this over, such as outbound; may be given more than once.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for programs: {well, findings: […]}.")] = False,
) -> None:
    """Try every connection and permission that the settings name, and say what to do where one fails.

    It changes nothing, as often as it is run, and its mail goes to where Amazon throws mail away.
    Run it where the process itself is to run. Status 0: all is well, 1: something fails, 2: wrong use or settings.
    """
    # Its own options, as its own parser reads them.
    options = [*(["--as", service] if service else []), *(["--json"] if as_json else [])]
    _run("server.checks", *options, *(f"--without={name}" for name in without or ()))


@app.command("aggregate_sessions")
def aggregate_sessions(*, as_json: AsJson = False) -> None:
    """End recitals that were left, and make one recording of each that has ended: one pass, beside the workers.

    Status, here and of upload_sessions, 0: done, 1: some failed, 2: wrong use, or wrong settings here.
    """
    _pass("aggregate", as_json=as_json)


@app.command("upload_sessions")
def upload_sessions(*, as_json: AsJson = False) -> None:
    """Declare recitals published whose files are all there, and let their slices go: one pass, beside the workers."""
    _pass("publish", as_json=as_json)


def _pass(kind: Literal["aggregate", "publish"], *, as_json: bool) -> NoReturn:
    """Run a pass in a process that has the settings of the workers."""
    _run("server.worker.passes", kind, *(["--json"] if as_json else []))


def _run(module: str, *arguments: str) -> NoReturn:
    """Run a module of ours in a process that has the settings of the workers, and end as it ends."""
    # By its name, for importing all that workers do takes longer than most commands.
    command = [sys.executable, "-P", "-m", module, *arguments]
    environment = of_commands(Path.cwd()) | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603 - our own program
