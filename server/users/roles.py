"""Giving people roles, now or ahead of their first sign-in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from server.audit.models import Action
from server.audit.service import note
from server.problems import NotFound, Problem
from server.unit_of_work import UnitOfWork
from server.users.models import Approval, Role, User, UserKind
from server.users.service import Known, find_person, hold_address

IS_PERSON = User.kind == UserKind.PERSON
STAYS_ADMIN = and_(IS_PERSON, User.role == Role.ADMIN, User.leaves_at.is_(None))


class LastAdmin(Problem):
    """Nobody else could give roles any more."""

    status = 409
    code = "last_admin"

    def __init__(self) -> None:
        super().__init__("This is the last admin. Make somebody else one first.")


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives a role, and by which tool, for the audit log."""

    id: UUID
    tool: str | None = None


async def change(work: UnitOfWork, giver: Giver, person_id: UUID, role: Role) -> None:
    """Give a person a role, be it more or less than theirs.

    Raises:
        NotFound: there is no such person; machines have no roles.
        LastAdmin: nobody would be left in that role.
    """
    others = await _lock_admins(work) - {person_id}  # before the person, so that two can't wait for each other
    old = await _lock_role(work, person_id)
    if old is Role.ADMIN and role is not Role.ADMIN and not others:
        raise LastAdmin
    await _give(work, giver, person_id, old, role)


async def raise_to(work: UnitOfWork, giver: Giver, person_id: UUID, role: Role) -> Role:
    """Give a person a role unless theirs is higher, and return the one that they have now.

    Raises:
        NotFound: there is no such person; machines have no roles.
    """
    old = await _lock_role(work, person_id)
    new = old.at_least(role)
    await _give(work, giver, person_id, old, new)
    return new


async def keep_an_admin(work: UnitOfWork, person_id: UUID) -> None:
    """Make sure that there is an admin besides a person, until the transaction ends.

    Raises:
        LastAdmin: that person is the only one.
    """
    if await _lock_admins(work) == {person_id}:
        raise LastAdmin


async def approve(work: UnitOfWork, giver: Giver, email: str, role: Role) -> Known | None:
    """Give a role to whoever has a verified e-mail address, or will have it when they first sign in.

    Whoever is here has nothing less by it than before; for whoever is not, it replaces what was given ahead.

    Returns:
        The person, where there is one already.
    """
    await hold_address(work, email)
    known = await find_person(work, email)
    if known is not None:
        return replace(known, role=await raise_to(work, giver, known.id, role))
    ahead = insert(Approval).values(email=func.lower(email), role=role)
    await work.session.execute(ahead.on_conflict_do_update(index_elements=["email"], set_={"role": role}))
    note(work, Action.APPROVED_AHEAD, actor_id=giver.id, tool=giver.tool, email=email, role=role)
    return None


async def list_approvals(work: UnitOfWork, limit: int, after: str | None) -> Sequence[Approval]:
    """Return approvals of those who haven't come yet, by their addresses."""
    query = select(Approval).order_by(Approval.email).limit(limit)
    if after is not None:
        query = query.where(Approval.email > after)
    return (await work.session.execute(query)).scalars().all()


async def withdraw(work: UnitOfWork, giver: Giver, email: str) -> None:
    """Take back what an address was approved for; who has come already keeps it.

    Raises:
        NotFound: it was approved for nothing, or its person has come.
    """
    gone = delete(Approval).where(Approval.email == func.lower(email)).returning(Approval.role)
    role = await work.session.scalar(gone)
    if role is None:
        raise NotFound("approval")
    note(work, Action.APPROVAL_WITHDRAWN, actor_id=giver.id, tool=giver.tool, email=email, role=role)


async def _lock_admins(work: UnitOfWork) -> set[UUID]:
    """Return the admins who stay, locked in one order: of two who demote each other, one waits and then sees it."""
    admins = select(User.id).where(STAYS_ADMIN).order_by(User.id).with_for_update(key_share=True)
    return set((await work.session.execute(admins)).scalars())


async def _lock_role(work: UnitOfWork, person_id: UUID) -> Role:
    query = select(User.role).where(User.id == person_id, IS_PERSON).with_for_update(key_share=True)
    role = await work.session.scalar(query)
    if role is None:
        raise NotFound("person")
    return role


async def _give(work: UnitOfWork, giver: Giver, person_id: UUID, old: Role, new: Role) -> None:
    if new is old:
        return
    await work.session.execute(update(User).where(User.id == person_id).values(role=new))
    note(work, Action.ROLE_CHANGED, actor_id=giver.id, subject_id=person_id, tool=giver.tool, old=old, new=new)
