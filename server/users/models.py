"""Users, and the identities by which sign-in providers know them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified, words


class UserKind(StrEnum):
    """A machine is an owner of its own; it is never taken for a person."""

    PERSON = "person"
    MACHINE = "machine"


class Role(StrEnum):
    """What a user may do beyond their own things."""

    NONE = "none"
    SPEAKER = "speaker"
    ADMIN = "admin"


class User(Identified, Base):
    """A person or a machine."""

    __tablename__ = "users"

    kind: Mapped[UserKind] = mapped_column(words(UserKind))
    role: Mapped[Role] = mapped_column(words(Role), default=Role.NONE)
    email: Mapped[str | None]
    name: Mapped[str | None]
    last_login_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Identity(Identified, Base):
    """How one provider names a user: the `iss` and `sub` of its tokens, or a machine's client id."""

    __tablename__ = "identities"

    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    kind: Mapped[UserKind] = mapped_column(words(UserKind))
    issuer: Mapped[str]
    subject: Mapped[str]

    __table_args__ = (UniqueConstraint("issuer", "kind", "subject"),)
