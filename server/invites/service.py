"""Links that make whoever follows them a speaker or an admin."""

import hashlib
import secrets
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from server.audit.models import Action
from server.audit.service import note
from server.auth.principal import Principal
from server.db.cursors import newest_first, next_cursor
from server.invites.models import Invite, InviteUse
from server.invites.schemas import InviteAccepted, InviteMade, InviteOffered, InvitePage, InviteShown, InviteWish
from server.mails import service as mails
from server.mails.models import MailKind
from server.mails.postbox import Postbox
from server.mails.service import NewMail
from server.problems import NotFound, Problem
from server.unit_of_work import UnitOfWork
from server.users import roles
from server.users.models import Role
from server.users.roles import Giver

SECRET_BYTES = 32
NOW = func.clock_timestamp()
HOLDS = and_(Invite.revoked_at.is_(None), Invite.expires_at > NOW, Invite.uses < Invite.most_uses)


class NoSuchInvite(Problem):
    """There is none such, or it has ended; which of these is nobody's business who guesses."""

    status = 404
    code = "no_such_invite"

    def __init__(self) -> None:
        super().__init__("This invite does not hold, or no longer. Ask whoever sent it to you for another one.")


async def make(work: UnitOfWork, admin: Principal, origin: str, wish: InviteWish, postbox: Postbox) -> InviteMade:
    """Make an invite; its link is returned this once, and only a digest of the secret in it is kept.

    Where an address is given, the link is sent there, too; it is kept under seal until then.

    Raises:
        MailOff: an address is given, and no mail is sent here.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    invite = Invite(**wish.model_dump(exclude={"email"}), uses=0, digest=_digest(secret))
    work.session.add(invite)
    await work.session.flush()
    note(
        work,
        Action.INVITE_MADE,
        actor_id=admin.user_id,
        subject_id=invite.id,
        tool=admin.tool,
        name=wish.name,
        role=wish.role,
        most_uses=wish.most_uses,
    )
    # In the fragment, which browsers keep to themselves: it gets into no log of a server.
    link = f"{origin}/invite#{secret}"
    if wish.email is not None:
        await mails.post(
            work,
            NewMail(
                MailKind.INVITE,
                f"invite:{invite.id}",
                address=wish.email,
                subject_id=invite.id,
                sealed=postbox.close(link),
            ),
        )
    return InviteMade(**InviteShown.model_validate(invite).model_dump(), link=link)


async def page(work: UnitOfWork, limit: int, cursor: str | None) -> InvitePage:
    """Return `limit` invites, newest first, after the cursor.

    Raises:
        BadCursor: the cursor is none that we gave.
    """
    rows = (await work.session.execute(newest_first(select(Invite), Invite.id, limit, cursor))).scalars().all()
    items = [InviteShown.model_validate(row) for row in rows[:limit]]
    return InvitePage(items=items, next_cursor=next_cursor(rows, limit))


async def revoke(work: UnitOfWork, admin: Principal, invite_id: UUID) -> None:
    """End an invite; again is fine. Who has followed it keeps the role.

    Raises:
        NotFound: there is none such.
    """
    invite = await work.session.get(Invite, invite_id, with_for_update=True)
    if invite is None:
        raise NotFound("invite")
    if invite.revoked_at is None:
        invite.revoked_at = datetime.now(UTC)
        note(work, Action.INVITE_REVOKED, actor_id=admin.user_id, subject_id=invite.id, tool=admin.tool)


async def look(work: UnitOfWork, secret: str) -> InviteOffered:
    """Tell whoever has a link what it gives.

    Raises:
        NoSuchInvite: it does not hold.
    """
    query = select(Invite.role, Invite.expires_at).where(Invite.digest == _digest(secret), HOLDS)
    row = (await work.session.execute(query)).one_or_none()
    if row is None:
        raise NoSuchInvite
    return InviteOffered(role=row.role, expires_at=row.expires_at)


async def accept(work: UnitOfWork, person: Principal, secret: str) -> InviteAccepted:
    """Give a person the role of an invite, unless theirs is higher.

    Each person counts once. Who has followed it before learns their role, and gets nothing by it again: an admin may
    have taken it back.

    Raises:
        NoSuchInvite: it does not hold.
    """
    # Locked, so that of two who come for the last use one waits, and then sees it gone.
    query = select(Invite, HOLDS).where(Invite.digest == _digest(secret)).with_for_update(of=Invite)
    row = (await work.session.execute(query)).one_or_none()
    if row is None:
        raise NoSuchInvite
    invite, holds = row
    has_used = await work.session.get(InviteUse, (invite.id, person.user_id)) is not None
    if not (holds or has_used):
        raise NoSuchInvite
    if not has_used:
        _count(work, person, invite)
    given = Role.NONE if has_used else invite.role
    role = await roles.raise_to(work, Giver(person.user_id, person.tool), person.user_id, given)
    return InviteAccepted(role=role.at_least(person.role))


def _count(work: UnitOfWork, person: Principal, invite: Invite) -> None:
    invite.uses += 1
    work.session.add(InviteUse(invite_id=invite.id, user_id=person.user_id))
    note(work, Action.INVITE_USED, actor_id=person.user_id, subject_id=invite.id, tool=person.tool, role=invite.role)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
