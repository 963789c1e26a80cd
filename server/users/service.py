"""Knowing users by their identities."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from server.unit_of_work import UnitOfWork
from server.users.models import Approval, Identity, Role, User, UserKind

KNOWN = (User.id, User.kind, User.role, User.email.is_not(None))
ADDRESSES = 1
"""Keeps the locks of addresses apart from other advisory locks: https://www.postgresql.org/docs/current/explicit-locking.html"""
HAS_IDENTITY = exists().where(Identity.user_id == User.id)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a provider vouches for; `email` only when the provider says that it is verified."""

    kind: UserKind
    issuer: str
    subject: str
    email: str | None = None
    name: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A user as far as deciding about requests needs it."""

    id: UUID
    kind: UserKind
    role: Role
    has_email: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """What a page shows of a user."""

    name: str | None
    email: str | None


async def describe(work: UnitOfWork, user_id: UUID) -> Described:
    """Tell what a page shows of a user."""
    row = (await work.session.execute(select(User.name, User.email).where(User.id == user_id))).one()
    return Described(*row)


async def recognise(work: UnitOfWork, claimed: Claimed) -> Known:
    """Find the user with this identity; one that is seen for the first time joins its person, or is made.

    An identity joins the person who has its verified e-mail address. Two first requests at once make one user: the
    second waits for the first to commit.
    """
    found = await _find(work, claimed)
    if found is not None:
        return await _learn_email(work, found, claimed)
    user = await _person_of(work, claimed) or await _add_user(work, claimed)
    added = await work.session.execute(
        insert(Identity)
        .values(id=uuid7(), user_id=user.id, kind=claimed.kind, issuer=claimed.issuer, subject=claimed.subject)
        .on_conflict_do_nothing()
        .returning(Identity.id)
    )
    if added.first() is not None:
        return await _learn_email(work, user, claimed)
    await work.session.execute(delete(User).where(User.id == user.id, ~HAS_IDENTITY))
    other = await _find(work, claimed)
    if other is None:
        raise LookupError("an identity that was in the way is gone again")
    return await _learn_email(work, other, claimed)


async def find_person(work: UnitOfWork, email: str) -> Known | None:
    """Find the person with a verified e-mail address, whatever its case."""
    query = select(*KNOWN).where(_is_person_with(email))
    row = (await work.session.execute(query)).one_or_none()
    return Known(*row) if row is not None else None


async def hold_address(work: UnitOfWork, email: str) -> None:
    """Let nobody else make, join, forget, or give a role to the person with an address until the transaction ends.

    Without it, somebody who first signs in just while they are approved would miss it.
    """
    await work.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(func.lower(email), ADDRESSES))))


async def provision(work: UnitOfWork, claimed: Claimed, role: Role) -> Known:
    """Make sure that the user with this identity exists and has this role, e-mail and name."""
    known = await recognise(work, claimed)
    await work.session.execute(
        update(User).where(User.id == known.id).values(role=role, email=claimed.email, name=claimed.name)
    )
    return Known(known.id, known.kind, role, claimed.email is not None)


async def _learn_email(work: UnitOfWork, known: Known, claimed: Claimed) -> Known:
    """Note the address of a person who is known without one, as those are who came by an access token first.

    It brings the role for which it was approved ahead, this once. Should another person have it, it stays theirs: two
    people are not made one behind their backs.
    """
    if claimed.email is None or known.has_email or known.kind is not UserKind.PERSON:
        return known
    await hold_address(work, claimed.email)  # before looking whose it is: somebody else may just be coming with it
    if await find_person(work, claimed.email):
        return known
    taken = delete(Approval).where(Approval.email == func.lower(claimed.email)).returning(Approval.role)
    role = known.role.at_least(await work.session.scalar(taken) or Role.NONE)
    values = {"email": claimed.email, "name": func.coalesce(User.name, claimed.name), "role": role}
    await work.session.execute(update(User).where(User.id == known.id).values(values))
    return Known(known.id, known.kind, role, has_email=True)


async def _person_of(work: UnitOfWork, claimed: Claimed) -> Known | None:
    if claimed.kind is not UserKind.PERSON or claimed.email is None:
        return None
    await hold_address(work, claimed.email)  # before looking: its person may just be coming, or be forgotten
    return await find_person(work, claimed.email)


async def _add_user(work: UnitOfWork, claimed: Claimed) -> Known:
    """Make a user without an address: that is theirs once the identity is."""
    made = Known(uuid7(), claimed.kind, Role.NONE)
    values = {"id": made.id, "kind": made.kind, "role": made.role, "name": claimed.name, "language": claimed.language}
    await work.session.execute(insert(User).values(values))
    return made


def _is_person_with(email: str) -> ColumnElement[bool]:
    """Compare as the index does: what is lower case is for Postgres to say, on both sides."""
    return and_(func.lower(User.email) == func.lower(email), User.kind == UserKind.PERSON)


async def _find(work: UnitOfWork, claimed: Claimed) -> Known | None:
    rows = await work.session.execute(
        select(*KNOWN)
        .join(Identity, Identity.user_id == User.id)
        .where(Identity.issuer == claimed.issuer, Identity.kind == claimed.kind, Identity.subject == claimed.subject)
    )
    row = rows.one_or_none()
    return Known(*row) if row is not None else None
