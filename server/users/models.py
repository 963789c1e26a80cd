"""Users, and the identities by which sign-in providers know them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, text
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


class Sex(StrEnum):
    """What a speaker may tell of themselves, for collections that are to be balanced."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class User(Identified, Base):
    """A person or a machine.

    `email` is one that a provider vouches for. `session_version` is raised to end every session at once. `leaves_at` is
    when a person who wishes to go is forgotten, with all that is theirs.
    """

    __tablename__ = "users"

    kind: Mapped[UserKind] = mapped_column(words(UserKind))
    role: Mapped[Role] = mapped_column(words(Role), default=Role.NONE)
    email: Mapped[str | None]
    name: Mapped[str | None]
    session_version: Mapped[int] = mapped_column(server_default=text("0"))
    last_login_at: Mapped[datetime] = mapped_column(server_default=func.now())
    language: Mapped[str | None]
    birth_year: Mapped[int | None]
    sex: Mapped[Sex | None] = mapped_column(words(Sex))
    mails_texts: Mapped[bool] = mapped_column(server_default=text("true"), default=True)
    mails_failures: Mapped[bool] = mapped_column(server_default=text("true"), default=True)
    leaves_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_users_person_email", text("lower(email)"), unique=True, postgresql_where=text("kind = 'person'")),
    )


class Identity(Identified, Base):
    """How one provider names a user: the `iss` and `sub` of its tokens, or a machine's client id."""

    __tablename__ = "identities"

    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    kind: Mapped[UserKind] = mapped_column(words(UserKind))
    issuer: Mapped[str]
    subject: Mapped[str]

    __table_args__ = (UniqueConstraint("issuer", "kind", "subject"),)


class Agreement(Base):
    """That a person has agreed to a version of the terms."""

    __tablename__ = "agreements"

    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    agreed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Approval(Base):
    """A role that a person is to have from the first sign-in on, by their verified e-mail address in lower case."""

    __tablename__ = "approvals"

    email: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(words(Role))
    approved_at: Mapped[datetime] = mapped_column(server_default=func.now())
