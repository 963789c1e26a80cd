"""What the commands that let people and programs in do at a server."""

from datetime import UTC, datetime, timedelta

from server.client.client import Client
from server.invites.schemas import InviteWish
from server.users.kinds import Role
from server.users.schemas import GivenRole


async def approve_speaker(client: Client, email: str, *, as_json: bool) -> str:
    """Make whoever has an address a speaker, now or when they first sign in, and say which."""
    if as_json:
        return (await client.approve(email, Role.SPEAKER)).model_dump_json()
    return await _approve(client, email, Role.SPEAKER)


async def set_role(client: Client, email: str, role: Role) -> str:
    """Give whoever has an address a role; those who haven't come yet get it when they first sign in."""
    async for person in client.people(email):
        if (person.email or "").casefold() == email.casefold():
            changed = await client.change_role(person.id, role)
            return f"{email} is {_named(changed.role)} now; before: {_named(person.role)}"
    if role is not Role.NONE:
        return await _approve(client, email, role)
    await client.withdraw_approval(email)
    return f"{email} has no role when first signing in"


async def create_invite(client: Client, name: str, role: GivenRole, uses: int, days: int) -> str:
    """Make an invite, and return its link; whether the name is one, the service says."""
    wish = InviteWish.model_construct(name=name, role=role, most_uses=uses, expires_at=_in_days(days))
    return (await client.make_invite(wish)).link


async def create_api_key(client: Client, name: str, scope: str, days: int | None) -> str:
    """Make an API key of the caller's, and return it; without `days` it holds until it is revoked."""
    made = await client.make_key(name, scope, _in_days(days) if days is not None else None)
    return made.key.get_secret_value()


async def _approve(client: Client, email: str, role: GivenRole) -> str:
    made = await client.approve(email, role)
    when = "now" if made.person_id is not None else "when first signing in"
    return f"{email} is {_named(made.role)} {when}"


def _named(role: Role) -> str:
    return {Role.NONE: "without a role", Role.SPEAKER: "a speaker", Role.ADMIN: "an admin"}[role]


def _in_days(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)
