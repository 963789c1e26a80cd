"""The rows of invites."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified, words
from server.users.models import Role, User


class Invite(Identified, Base):
    """A link that gives a role to whoever follows it, so many times, until it expires.

    `digest` is the SHA-256 of the secret in the link, which is long and random and so needs no slow hash.
    """

    __tablename__ = "invites"

    name: Mapped[str]
    role: Mapped[Role] = mapped_column(words(Role))
    digest: Mapped[bytes] = mapped_column(unique=True)
    most_uses: Mapped[int]
    uses: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class InviteUse(Base):
    """That a person has followed an invite."""

    __tablename__ = "invite_uses"

    invite_id: Mapped[UUID] = mapped_column(ForeignKey(Invite.id, ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True, index=True)
    used_at: Mapped[datetime] = mapped_column(server_default=func.now())
