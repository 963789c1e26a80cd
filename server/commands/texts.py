"""Commands that turn files into text, and texts into documents."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console

from server.client import documents
from server.client.client import Extension
from server.client.commands import TextWish, transcribe_files
from server.client.documents import MEDIA_TYPES, About, is_address
from server.client.sign_in import SCOPE
from server.commands.files import Files
from server.commands.running import At, Token, choose, end, operate
from server.media.wishes import Language

app = typer.Typer()


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
    try:
        path.open("rb").close()
    except OSError as error:
        raise typer.BadParameter(f"{source}: {error.strerror}.") from None
    return source


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
    if extension == "docx" and output is None:
        raise typer.BadParameter("A document can't be printed. Name a folder for it.", param_hint="--output")
    wish = TextWish(extension, output, language)
    errors = Console(stderr=True)
    _make(output)
    chosen = choose(server, token, SCOPE)
    end(asyncio.run(transcribe_files(chosen, files, wish, errors)))


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
    operate(partial(documents.upload_document, source=source, about=about, as_json=as_json), server, token, SCOPE)


def _make(folder: Path | None) -> None:
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise typer.BadParameter(f"{folder}: {error.strerror}.", param_hint="--output") from None
