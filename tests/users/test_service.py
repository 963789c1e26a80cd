"""Knowing users by their identities."""

import asyncio
from uuid import uuid4

from sqlalchemy import func, select

from server.unit_of_work import Units
from server.users.models import Role, User, UserKind
from server.users.service import Claimed, Known, provision, recognise


async def test_two_first_requests_make_one_user(separate_units: Units) -> None:
    """However many requests of a newcomer come at once, they are one user."""
    claimed = Claimed(UserKind.PERSON, "issuer", "newcomer", name="Anna")

    async def come() -> Known:
        async with separate_units.begin() as work:
            return await recognise(work, claimed)

    assert len(set(await asyncio.gather(*(come() for _ in range(8))))) == 1
    async with separate_units.begin() as work:
        assert await work.session.scalar(select(func.count()).select_from(User)) == 1


async def test_same_subject_of_another_issuer_is_another(units: Units) -> None:
    """A subject means something only together with its issuer and kind."""
    subject = str(uuid4())
    async with units.begin() as work:
        known = {
            (await recognise(work, Claimed(kind, issuer, subject))).id for kind in UserKind for issuer in ("one", "two")
        }
    assert len(known) == 4


async def test_provisioned_person_keeps_the_role(units: Units) -> None:
    """Provisioning gives a role to whoever has the identity, now or later."""
    claimed = Claimed(UserKind.PERSON, "issuer", str(uuid4()), email="a@example.com", name="A")
    async with units.begin() as work:
        made = await provision(work, claimed, Role.ADMIN)
    async with units.begin() as work:
        assert await recognise(work, claimed) == made
