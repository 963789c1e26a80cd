"""Roles when several hands are at them at once."""

import asyncio
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

from server.unit_of_work import Units
from server.users.models import Approval, Role, User, UserKind
from server.users.roles import Giver, LastAdmin, approve, change
from server.users.service import Claimed, Known, provision, recognise

BOSS = Giver(uuid4())


def person(name: str) -> Claimed:
    """What a provider says of a person."""
    return Claimed(UserKind.PERSON, "issuer", name, email=f"{name}@example.com")


async def test_admins_who_demote_each_other_leave_one(separate_units: Units) -> None:
    """However many are demoted at once, the last one stays."""
    async with separate_units.begin() as work:
        await work.session.execute(delete(User))
        admins = [await provision(work, person(name), Role.ADMIN) for name in "abcd"]

    async def demote(who: UUID) -> None:
        async with separate_units.begin() as work:
            await change(work, BOSS, who, Role.NONE)

    outcomes = await asyncio.gather(*(demote(admin.id) for admin in admins), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes].count(LastAdmin) == 1
    async with separate_units.begin() as work:
        left = select(func.count()).select_from(User).where(User.role == Role.ADMIN)
        assert await work.session.scalar(left) == 1


async def test_newcomer_does_not_miss_an_approval(separate_units: Units) -> None:
    """Whoever first signs in just while they are approved has the role, and nothing waits for them any more."""

    async def come(name: str) -> Known:
        async with separate_units.begin() as work:
            return await recognise(work, person(name))

    async def let_in(name: str) -> None:
        async with separate_units.begin() as work:
            await approve(work, BOSS, f"{name}@Example.com", Role.SPEAKER)

    await asyncio.gather(*(act(name) for name in "abcdef" for act in (come, let_in)))
    async with separate_units.begin() as work:
        roles = select(User.role).where(User.email.in_([f"{name}@example.com" for name in "abcdef"]))
        assert list(await work.session.scalars(roles)) == [Role.SPEAKER] * 6
        assert await work.session.scalar(select(func.count()).select_from(Approval)) == 0
