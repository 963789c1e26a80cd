"""Knowing users by their identities."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from server.unit_of_work import UnitOfWork
from server.users.models import Identity, Role, User, UserKind


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a provider vouches for; `email` only when the provider says that it is verified."""

    kind: UserKind
    issuer: str
    subject: str
    email: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A user as far as deciding about requests needs it."""

    id: UUID
    kind: UserKind
    role: Role


async def recognise(work: UnitOfWork, claimed: Claimed) -> Known:
    """Find the user with this identity; one that is seen for the first time is made.

    Two first requests at once make one user: the second waits for the first to commit.
    """
    found = await _find(work, claimed)
    if found is not None:
        return found
    user_id = uuid7()
    await work.session.execute(
        insert(User).values(id=user_id, kind=claimed.kind, role=Role.NONE, email=claimed.email, name=claimed.name)
    )
    added = await work.session.execute(
        insert(Identity)
        .values(id=uuid7(), user_id=user_id, kind=claimed.kind, issuer=claimed.issuer, subject=claimed.subject)
        .on_conflict_do_nothing()
        .returning(Identity.id)
    )
    if added.first() is not None:
        return Known(user_id, claimed.kind, Role.NONE)
    await work.session.execute(delete(User).where(User.id == user_id))
    other = await _find(work, claimed)
    if other is None:
        raise LookupError("an identity that was in the way is gone again")
    return other


async def provision(work: UnitOfWork, claimed: Claimed, role: Role) -> Known:
    """Make sure that the user with this identity exists and has this role, e-mail and name."""
    known = await recognise(work, claimed)
    await work.session.execute(
        update(User).where(User.id == known.id).values(role=role, email=claimed.email, name=claimed.name)
    )
    return Known(known.id, known.kind, role)


async def _find(work: UnitOfWork, claimed: Claimed) -> Known | None:
    rows = await work.session.execute(
        select(User.id, User.kind, User.role)
        .join(Identity, Identity.user_id == User.id)
        .where(Identity.issuer == claimed.issuer, Identity.kind == claimed.kind, Identity.subject == claimed.subject)
    )
    row = rows.one_or_none()
    return Known(*row) if row is not None else None
