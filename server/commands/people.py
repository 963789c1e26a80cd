"""Commands about people: who may do what, and how they are let in."""

from functools import partial
from typing import Annotated, Literal

import typer

from server.client import people
from server.commands.running import At, Token, operate
from server.invites.schemas import LONGEST, MOST_USES
from server.users.kinds import Role
from server.users.schemas import GivenRole

app = typer.Typer()


@app.command("approve_speaker")
def approve_speaker(
    speaker_email: Annotated[str, typer.Option(help="Whose sign-in provider vouches for it.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for programs, as the API answers.")] = False,
    server: At = None,
    token: Token = None,
) -> None:
    """Make somebody a speaker, now or when they first sign in."""
    operate(partial(people.approve_speaker, email=speaker_email, as_json=as_json), server, token)


@app.command("set_role")
def set_role(
    email: Annotated[str, typer.Option(help="Whose sign-in provider vouches for it.")],
    role: Annotated[Role, typer.Option(help="More or less than what they have.")],
    *,
    server: At = None,
    token: Token = None,
) -> None:
    """Give somebody a role, now or when they first sign in."""
    operate(partial(people.set_role, email=email, role=role), server, token)


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
    operate(partial(people.create_invite, name=name, role=kind, uses=uses, days=days), server, token)


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
    operate(partial(people.create_api_key, name=name, scope=scope, days=days), server, token)
