"""Finding people, and giving them roles."""

import re
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from server.admin.people_schemas import ApprovalMade, ApprovalPage, ApprovalShown, ApprovalWish, PeoplePage, PersonShown
from server.auth.principal import Principal
from server.db.cursors import newest_first, next_cursor
from server.mails import service as mails
from server.mails.models import MailKind
from server.mails.service import NewMail
from server.problems import NotFound
from server.unit_of_work import UnitOfWork
from server.users import roles
from server.users import service as users
from server.users.models import Role, User
from server.users.roles import IS_PERSON, Giver

PEOPLE = select(User.id, User.email, User.name, User.role, User.created_at, User.last_login_at, User.leaves_at).where(
    IS_PERSON
)


async def page(
    work: UnitOfWork, beginning: str | None, role: Role | None, limit: int, cursor: str | None
) -> PeoplePage:
    """Return `limit` people, newest first, after the cursor.

    Args:
        work: the transaction.
        beginning: how the address or the name begins, whatever its case.
        role: one that they have.
        limit: how many.
        cursor: the one of the page before.

    Raises:
        BadCursor: the cursor is none that we gave.
    """
    query = newest_first(PEOPLE, User.id, limit, cursor)
    if beginning is not None:
        query = query.where(or_(_begins(User.email, beginning), _begins(User.name, beginning)))
    if role is not None:
        query = query.where(User.role == role)
    rows = (await work.session.execute(query)).all()
    items = [PersonShown.model_validate(row) for row in rows[:limit]]
    return PeoplePage(items=items, next_cursor=next_cursor(rows, limit))


async def show(work: UnitOfWork, person_id: UUID) -> PersonShown:
    """Show a person.

    Raises:
        NotFound: there is none such.
    """
    row = (await work.session.execute(PEOPLE.where(User.id == person_id))).one_or_none()
    if row is None:
        raise NotFound("person")
    return PersonShown.model_validate(row)


async def change_role(work: UnitOfWork, admin: Principal, person_id: UUID, role: Role) -> PersonShown:
    """Give a person another role; one that is more than theirs was they are told of by mail.

    Raises:
        NotFound: there is no such person.
        LastAdmin: nobody else is an admin.
    """
    before = await show(work, person_id)
    await roles.change(work, Giver(admin.user_id, admin.tool), person_id, role)
    await _tell(work, before.role, role, person_id=person_id)
    return await show(work, person_id)


async def approve(work: UnitOfWork, admin: Principal, wish: ApprovalWish) -> ApprovalMade:
    """Give a role to whoever has an address, now or when they come; they are told of it by mail."""
    before = await users.find_person(work, wish.email)
    known = await roles.approve(work, Giver(admin.user_id, admin.tool), wish.email, wish.role)
    role, person_id = (known.role, known.id) if known is not None else (wish.role, None)
    await _tell(work, before.role if before else Role.NONE, role, person_id=person_id, email=wish.email)
    return ApprovalMade(email=wish.email, role=role, person_id=person_id)


async def approvals(work: UnitOfWork, limit: int, cursor: str | None) -> ApprovalPage:
    """Return `limit` approvals that wait for their people, after the cursor."""
    rows = await roles.list_approvals(work, limit + 1, cursor)
    items = [ApprovalShown.model_validate(row) for row in rows[:limit]]
    return ApprovalPage(items=items, next_cursor=items[-1].email if len(rows) > limit else None)


async def withdraw(work: UnitOfWork, admin: Principal, email: str) -> None:
    """Take an approval back before its person comes.

    Raises:
        NotFound: there is none.
    """
    await roles.withdraw(work, Giver(admin.user_id, admin.tool), email)


async def _tell(
    work: UnitOfWork, before: Role, role: Role, *, person_id: UUID | None, email: str | None = None
) -> None:
    """Have somebody told of a role that is more than theirs was: once a day, should admins be of two minds."""
    if before.at_least(role) is before:
        return
    dedupe = f"approved:{person_id or email}:{role}:{datetime.now(UTC).date()}"
    address = email if person_id is None else None
    await mails.post(work, NewMail(MailKind.APPROVED, dedupe, person_id, address, details={"role": role}))


def _begins(column: InstrumentedAttribute[str | None], beginning: str) -> ColumnElement[bool]:
    literally = re.sub(r"([\\%_])", r"\\\1", beginning)
    return func.lower(column).like(func.lower(literally + "%"))
