"""Knowing users by their identities."""

import asyncio
from uuid import uuid4

from sqlalchemy import func, select, text

from server.unit_of_work import Units
from server.users.models import Role, User, UserKind
from server.users.roles import Giver, approve
from server.users.service import Claimed, Known, describe, find_person, provision, recognise

BOSS = Giver(uuid4())


async def test_two_first_requests_make_one_user(separate_units: Units) -> None:
    """However many requests of a newcomer come at once, they are one user."""
    claimed = Claimed(UserKind.PERSON, "issuer", "newcomer", name="Anna")

    async def come() -> Known:
        async with separate_units.begin() as work:
            return await recognise(work, claimed)

    assert len(set(await asyncio.gather(*(come() for _ in range(8))))) == 1
    async with separate_units.begin() as work:
        named = select(func.count()).select_from(User).where(User.name == "Anna")
        assert await work.session.scalar(named) == 1


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


def person(subject: str, email: str | None = None, issuer: str = "issuer") -> Claimed:
    """What a provider says of a person."""
    return Claimed(UserKind.PERSON, issuer, subject, email=email, name="Ada")


async def test_identity_joins_the_person_with_its_address(units: Units) -> None:
    """Who signs in another way is the same person, where the provider vouches for the same address."""
    async with units.begin() as work:
        ada = await recognise(work, person("1", "Ada@Example.com"))
        assert await recognise(work, person("2", "ada@example.com", "google")) == ada
        assert await recognise(work, person("3", None, "google")) != ada
        assert await recognise(work, person("2", None, "google")) == ada
        machine = Claimed(UserKind.MACHINE, "issuer", "robot", email="ada@example.com")
        assert (await recognise(work, machine)).id != ada.id


async def test_two_identities_of_a_newcomer_at_once_make_one_person(separate_units: Units) -> None:
    """Whichever comes first, the other joins it."""

    async def come(issuer: str) -> Known:
        async with separate_units.begin() as work:
            return await recognise(work, person("1", "ada@example.com", issuer))

    assert len({(await known).id for known in [asyncio.create_task(come(name)) for name in "abcdef"]}) == 1


async def test_address_is_learned_later(units: Units) -> None:
    """A person who came by a token without an address gets it with the first that has one, unless it is another's."""
    async with units.begin() as work:
        for subject in ("1", "2"):
            await recognise(work, person(subject))
        ada = await recognise(work, person("1", "ada@example.com"))
        other = await recognise(work, person("2", "ada@example.com"))
        assert ada.id != other.id
        assert await find_person(work, "ada@example.com") == ada
        assert (await describe(work, other.id)).email is None


async def test_address_that_is_taken_just_now_is_not_learned(separate_units: Units) -> None:
    """Somebody known without an address who comes with that of a newcomer, at the same moment, is let in without it."""

    async def come(claimed: Claimed) -> Known:
        async with separate_units.begin() as work:
            return await recognise(work, claimed)

    known = await come(person("1"))
    async with asyncio.timeout(10), separate_units.begin() as work:
        newcomer = await recognise(work, person("2", "ada@example.com", "google"))
        learning = asyncio.create_task(come(person("1", "ada@example.com")))
        while not await work.session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            await asyncio.sleep(0.01)
    assert (await learning, newcomer.has_email) == (known, True)


async def test_approval_is_not_lost_to_who_comes_twice_at_once(separate_units: Units) -> None:
    """Of two first tokens of one person, only the second with an address, the address still brings its role."""

    async def come() -> Known:
        async with separate_units.begin() as work:
            return await recognise(work, person("1", "ada@example.com"))

    async with separate_units.begin() as work:
        await approve(work, BOSS, "ada@example.com", Role.SPEAKER)
    async with asyncio.timeout(10), separate_units.begin() as work:
        bare = await recognise(work, person("1"))
        coming = asyncio.create_task(come())
        while not await work.session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            await asyncio.sleep(0.01)
    assert await coming == Known(bare.id, UserKind.PERSON, Role.SPEAKER, has_email=True)


async def test_people_are_approved_before_and_after_they_come(units: Units) -> None:
    """A role given to an address is had from the first sign-in on; given to somebody who is here, at once."""
    async with units.begin() as work:
        assert await approve(work, BOSS, "Ada@Example.com", Role.SPEAKER) is None
        assert (await recognise(work, person("1", "ada@example.com"))).role is Role.SPEAKER
        approved = await approve(work, BOSS, "ada@example.com", Role.ADMIN)
        assert approved == await recognise(work, person("1"))
        assert approved is not None
        assert approved.role is Role.ADMIN
        await recognise(work, person("2"))
        await approve(work, BOSS, "bob@example.com", Role.SPEAKER)
        assert (await recognise(work, person("2", "bob@example.com"))).role is Role.SPEAKER
