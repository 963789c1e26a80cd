"""The command line of Lectern."""

import sys
from pathlib import Path

if sys.path[0] == str(Path(__file__).resolve().parent):
    # Started as a script, Python looks for modules in this folder first, where our own
    # packages would hide installed ones of the same name (`valkey`, for one).
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import asyncio
import subprocess
from functools import partial
from typing import Annotated, Literal, NoReturn

import typer
from pydantic import SecretStr, TypeAdapter, ValidationError
from rich.console import Console
from rich.table import Table
from stamina.instrumentation import set_on_retry_hooks

from server.client import operating, people
from server.client.batch import Outcome
from server.client.client import Extension
from server.client.commands import TextWish, show_texts, transcribe_files
from server.client.documents import MEDIA_TYPES, About, is_address
from server.client.documents import upload_document as add_document
from server.client.finding import NoServer, Server, choose_server, find_local
from server.client.sign_in import ADMIN_SCOPE, SCOPE
from server.configuration.processing import Whisper
from server.invites.schemas import LONGEST, MOST_USES
from server.local import stack
from server.local.backing import Options
from server.local.environment import of_commands, surroundings
from server.local.errors import StackError
from server.local.ports import Ports
from server.media.wishes import Language
from server.transcription.engines import fetching
from server.transcription.engines.catalogue import Catalogue
from server.transcription.engines.errors import EngineUnavailable
from server.transcription.engines.inventory import Entry, take_inventory
from server.users.kinds import Role
from server.users.schemas import GivenRole

FAILED = 1
WIDE = 1000
"""Columns for tables: terminals wrap a long line, where a table made to fit would lose some of it."""
WHERE_ELSE = "Start a server here with `make run`, or name another with --server and --token."

app = typer.Typer(
    help="Collects speech and turns it into text.", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)


def _not_empty(files: list[Path]) -> list[Path]:
    for file in files:
        if file.stat().st_size == 0:
            raise typer.BadParameter(f"{file} is empty.")
    return list(dict.fromkeys(files))


def _language(tag: str | None) -> str | None:
    try:
        return TypeAdapter(Language | None).validate_python(tag)
    except ValidationError:
        raise typer.BadParameter(f"{tag!r} is no language tag such as en or pt-BR.") from None


def _document(source: str) -> str:
    if is_address(source):
        return source
    path = Path(source)
    if path.suffix.lower() not in MEDIA_TYPES:
        raise typer.BadParameter(f"{source} is none of {', '.join(MEDIA_TYPES)}, nor an address.")
    if not path.is_file():
        raise typer.BadParameter(f"There is no file {source}.")
    return source


Files = Annotated[
    list[Path],
    typer.Argument(
        exists=True, dir_okay=False, readable=True, callback=_not_empty, metavar="FILE", help="Sound or video."
    ),
]
Folder = Annotated[Path, typer.Option(file_okay=False, help="Where the stack keeps its data.")]
At = Annotated[str | None, typer.Option("--server", envvar="LECTERN_SERVER", help="Without, the stack of this folder.")]
Token = Annotated[
    str | None,
    typer.Option("--token", envvar="LECTERN_TOKEN", help="Signs in; the variable keeps it from being seen."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print it for programs: {done, failed: [{id, error}], left}.")]
Port = Annotated[int, typer.Option(min=0, max=65_535, help="By default the one of the last time, or a free one.")]


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
def transcribe(  # noqa: PLR0913 - one parameter for each option
    files: Files,
    *,
    extension: Annotated[Extension, typer.Option("--format", help="What the text is written as.")] = "txt",
    output: Annotated[
        Path | None, typer.Option(file_okay=False, help="A folder for the texts; without, they are printed.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(callback=_language, help="Such as en; without, it is found out.")
    ] = None,
    server: At = None,
    token: Token = None,
) -> None:
    """Turn files into text.

    Status 0: all done; 1: some failed; 2: wrong use; 3: no server, or not signed in there.
    """
    wish = TextWish(extension, output, language)
    errors = Console(stderr=True)
    _make(output)
    chosen = _choose(server, token, SCOPE)
    _end(asyncio.run(transcribe_files(chosen, files, wish, errors)))


@app.command("upload_document")
def upload_document(  # noqa: PLR0913 - one parameter for each option
    source: Annotated[
        str,
        typer.Argument(
            callback=_document,
            metavar="SOURCE",
            help="A .txt, .html or .md file, or the address of a Wikipedia article.",
        ),
    ],
    *,
    title: Annotated[str | None, typer.Option(help="Without, the text's own.")] = None,
    language: Annotated[
        str | None,
        typer.Option(callback=_language, help="Such as en; without, it is found out where that is possible."),
    ] = None,
    public: Annotated[bool, typer.Option("--public", help="Let everybody read it aloud.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all that there is to know of it.")] = False,
    server: At = None,
    token: Token = None,
) -> None:
    """Add a document that can be read aloud, and print its id."""
    about = About(title, language, public)
    _operate(partial(add_document, source=source, about=about, as_json=as_json), server, token, SCOPE)


@app.command()
def queues(*, server: At = None, token: Token = None) -> None:
    """Show how full every queue is, and how old what waits there.

    Status, here and of the other commands for admins, 0: done; 1: refused; 2: wrong use; 3: no server, or not signed in
    there.
    """
    _operate(operating.queues, server, token)


@app.command()
def redrive(
    queue: Annotated[str, typer.Argument(help="Such as uploads; `lectern queues` names them.")],
    *,
    id: Annotated[list[str] | None, typer.Option(help="Only this dead letter; may be given more than once.")] = None,  # noqa: A002 - the option's name
    server: At = None,
    token: Token = None,
) -> None:
    """Send a queue's dead letters back to be received again."""
    _operate(partial(operating.redrive, queue=queue, ids=id or ()), server, token)


@app.command()
def sweep(*, server: At = None, token: Token = None) -> None:
    """Have the workers do now what they do regularly: what is due, uploads that ran out, objects nobody needs."""
    _operate(operating.sweep, server, token)


@app.command("aggregate_sessions")
def aggregate_sessions(*, as_json: AsJson = False) -> None:
    """End recitals that were left, and make one recording of each that has ended: one pass, beside the workers.

    Status, here and of upload_sessions, 0: done, 1: some failed, 2: wrong use, 3: the settings are not here.
    """
    _pass("aggregate", as_json=as_json)


@app.command("upload_sessions")
def upload_sessions(*, as_json: AsJson = False) -> None:
    """Declare recitals published whose files are all there, and let their slices go: one pass, beside the workers."""
    _pass("publish", as_json=as_json)


@app.command("approve_speaker")
def approve_speaker(
    speaker_email: Annotated[str, typer.Option(help="Whose sign-in provider vouches for it.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for programs, as the API answers.")] = False,
    server: At = None,
    token: Token = None,
) -> None:
    """Make somebody a speaker, now or when they first sign in."""
    _operate(partial(people.approve_speaker, email=speaker_email, as_json=as_json), server, token)


@app.command("set_role")
def set_role(
    email: Annotated[str, typer.Option(help="Whose sign-in provider vouches for it.")],
    role: Annotated[Role, typer.Option(help="More or less than what they have.")],
    *,
    server: At = None,
    token: Token = None,
) -> None:
    """Give somebody a role, now or when they first sign in."""
    _operate(partial(people.set_role, email=email, role=role), server, token)


@app.command("create_invite")
def create_invite(  # noqa: PLR0913 - one parameter for each option
    *,
    name: Annotated[str, typer.Option(help="What admins know it by.")] = "from the command line",
    role: Annotated[Literal["speaker", "admin"], typer.Option(help="What it makes of people.")] = "speaker",
    uses: Annotated[int, typer.Option(min=1, max=MOST_USES, help="How many people may follow it.")] = 1,
    days: Annotated[int, typer.Option(min=1, max=LONGEST.days - 1, help="How long it holds.")] = 7,
    server: At = None,
    token: Token = None,
) -> None:
    """Print a link that makes whoever follows it a speaker."""
    kind: GivenRole = Role.ADMIN if role == "admin" else Role.SPEAKER
    _operate(partial(people.create_invite, name=name, role=kind, uses=uses, days=days), server, token)


@app.command("create_api_key")
def create_api_key(
    name: Annotated[str, typer.Option(help="What it is known by.")],
    *,
    scope: Annotated[Literal["base", "admin"], typer.Option(help="admin: for everything, if you are one.")] = "base",
    days: Annotated[int | None, typer.Option(min=1, max=36_500, help="Without, it holds until revoked.")] = None,
    server: At = None,
    token: Token = None,
) -> None:
    """Print a new API key of whoever signs in here."""
    _operate(partial(people.create_api_key, name=name, scope=scope, days=days), server, token)


@app.command()
def demo(files: Files) -> None:
    """Show what it does: run the stack if it isn't up, and print the text of some files with its times."""
    try:
        raise typer.Exit(asyncio.run(_demonstrate(files)))
    except (NoServer, StackError) as error:
        _say(Console(stderr=True), str(error))
        raise typer.Exit(FAILED) from None


async def _demonstrate(files: list[Path]) -> Outcome:
    errors = Console(stderr=True)
    running = find_local(Path.cwd())
    if running is not None and await running.answers():
        outcome = await show_texts(running, files, errors)
        _say(errors, f"\nLectern goes on running at {running.url}")
        return outcome
    _say(errors, "Starting Lectern; the first time takes a little longer.")
    async with stack.stack(options=Options(say=partial(_say, errors))) as started:
        server = Server.described(started.local_json)
        outcome = await show_texts(server, files, errors)
        _say(errors, "\nStopping Lectern.")
    _say(errors, f"`make run` starts it again and keeps it open; it will be at {server.url}")
    return outcome


models = typer.Typer(help="The speech models of our own machines.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(models, name="models")


@models.command("list")
def list_models() -> None:
    """Show the models that WHISPER_MODEL and WHISPER_OTHER_MODELS name, the default first."""
    environment = surroundings()
    try:
        entries = list(take_inventory(Catalogue.of(Whisper(), environment), environment))
    except (EngineUnavailable, ValidationError) as error:
        _say(Console(stderr=True), str(error))
        raise typer.Exit(FAILED) from None
    table = Table("name", "languages", "on disk", "source", box=None, pad_edge=False)
    for entry in entries:
        table.add_row(*_described(entry))
    Console(width=WIDE).print(table, markup=False, highlight=False)


@models.command("fetch")
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


def _pass(kind: Literal["aggregate", "publish"], *, as_json: bool) -> NoReturn:
    """Run a pass in a process that has the settings of the workers."""
    # By its name, for importing all that workers do takes longer than most commands.
    command = [sys.executable, "-P", "-m", "server.worker.passes", kind, *(["--json"] if as_json else [])]
    environment = of_commands(Path.cwd()) | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603 - our own program


def _operate(act: operating.Act, server: str | None, token: str | None, scope: str = ADMIN_SCOPE) -> None:
    chosen = _choose(server, token, scope)
    _end(asyncio.run(operating.operate(chosen, act, Console(width=WIDE), Console(stderr=True))))


def _choose(server: str | None, token: str | None, scope: str) -> Server:
    try:
        return choose_server(server or None, SecretStr(token) if token else None, Path.cwd(), scope)
    except NoServer as missing:
        _say(Console(stderr=True), str(missing))
        raise typer.Exit(Outcome.NO_SERVER) from None


def _end(outcome: Outcome) -> NoReturn:
    if outcome is Outcome.NO_SERVER:
        _say(Console(stderr=True), WHERE_ELSE)
    raise typer.Exit(outcome)


def _make(folder: Path | None) -> None:
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise typer.BadParameter(f"{folder}: {error.strerror}.", param_hint="--output") from None


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def main() -> None:
    """Run the command that the arguments name."""
    set_on_retry_hooks([])  # what is tried again is nobody's business unless it fails
    app()


if __name__ == "__main__":
    main()
