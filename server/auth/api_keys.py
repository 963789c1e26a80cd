"""Keys by which programs act in their owner's name."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update

from server.audit.models import Action
from server.audit.service import note
from server.auth.models import ApiKey, Scope
from server.auth.principal import Principal
from server.auth.problems import AdminOnly, TooManyKeys, Unauthenticated
from server.problems import NotFound
from server.unit_of_work import UnitOfWork
from server.users.models import Role, User, UserKind

MARK = "lk_"
"""Begins every key, so that people and scanners for leaked secrets know one."""
PREFIX_BYTES = 6
SECRET_BYTES = 32
NOW = func.clock_timestamp()
NOTED_EVERY = timedelta(minutes=1)
MOST = 50
"""Keys that one owner may have, expired ones among them."""


async def make(
    work: UnitOfWork, owner: Principal, name: str, scope: Scope, expires_at: datetime | None
) -> tuple[ApiKey, str]:
    """Make a key; the secret is returned this once, and only its digest is kept.

    Raises:
        AdminOnly: the scope is more than the owner has.
        TooManyKeys: the owner has as many as one may have.
    """
    if scope is Scope.ADMIN and not owner.sees_all:
        raise AdminOnly
    await _hold_place(work, owner)
    prefix, secret = secrets.token_hex(PREFIX_BYTES), secrets.token_urlsafe(SECRET_BYTES)
    key = ApiKey(
        owner_id=owner.user_id, name=name, prefix=prefix, digest=_digest(secret), scope=scope, expires_at=expires_at
    )
    work.session.add(key)
    await work.session.flush()
    note(work, Action.KEY_MADE, actor_id=owner.user_id, subject_id=key.id, tool=owner.tool, name=name, scope=scope)
    return key, f"{MARK}{prefix}_{secret}"


async def use(work: UnitOfWork, presented: str) -> Principal:
    """Tell who calls by a key.

    Raises:
        Unauthenticated: there is no such key, or no longer.
    """
    prefix, _, secret = presented.removeprefix(MARK).partition("_")
    holds = and_(ApiKey.revoked_at.is_(None), or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > NOW))
    query = select(ApiKey.id, ApiKey.digest, ApiKey.scope, User.id, User.kind, User.role)
    of_prefix = query.join(User, User.id == ApiKey.owner_id).where(ApiKey.prefix == prefix, holds)
    row = (await work.session.execute(of_prefix)).one_or_none()
    # Compared all the same when there is no such key, so that the time doesn't tell which prefixes there are.
    if not hmac.compare_digest(_digest(secret), row[1] if row else bytes(32)) or row is None:
        raise Unauthenticated("The API key does not hold: it is wrong, expired or revoked. Make another one.")
    key_id, _, scope, user_id, kind, role = row
    await _note_use(work, key_id, user_id)
    may_all = role is Role.ADMIN if kind is UserKind.PERSON else True
    return Principal(user_id, scope is Scope.ADMIN and may_all, kind, role, by_key=True)


async def list_of(work: UnitOfWork, owner: Principal) -> Sequence[ApiKey]:
    """List an owner's keys that are not revoked, the newest first."""
    query = select(ApiKey).where(ApiKey.owner_id == owner.user_id, ApiKey.revoked_at.is_(None))
    return (await work.session.execute(query.order_by(ApiKey.id.desc()).limit(MOST))).scalars().all()


async def revoke(work: UnitOfWork, owner: Principal, key_id: UUID) -> None:
    """End a key.

    Raises:
        NotFound: there is none such, or it is another's.
    """
    mine = and_(ApiKey.id == key_id, ApiKey.owner_id == owner.user_id, ApiKey.revoked_at.is_(None))
    revoked = await work.session.execute(update(ApiKey).where(mine).values(revoked_at=NOW).returning(ApiKey.id))
    if revoked.first() is None:
        raise NotFound("key")
    note(work, Action.KEY_REVOKED, actor_id=owner.user_id, subject_id=key_id, tool=owner.tool)


async def _hold_place(work: UnitOfWork, owner: Principal) -> None:
    """Make sure that there is room for one more key, until the transaction ends."""
    await work.session.execute(select(User.id).where(User.id == owner.user_id).with_for_update(key_share=True))
    mine = select(func.count()).where(ApiKey.owner_id == owner.user_id, ApiKey.revoked_at.is_(None))
    if (await work.session.execute(mine)).scalar_one() >= MOST:
        raise TooManyKeys(MOST)


async def _note_use(work: UnitOfWork, key_id: UUID, owner_id: UUID) -> None:
    """Write down that it was used, once a minute at most."""
    stale = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < NOW - NOTED_EVERY)
    noted = await work.session.execute(
        update(ApiKey).where(ApiKey.id == key_id, stale).values(last_used_at=NOW).returning(ApiKey.id)
    )
    if noted.first() is not None:
        note(work, Action.KEY_USED, actor_id=owner_id, subject_id=key_id)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
