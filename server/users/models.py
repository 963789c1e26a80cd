"""Users, and the identities by which sign-in providers know them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Label, UniqueConstraint, func, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified, words
from server.users.kinds import Refusal, Role, Sex, UserKind

__all__ = ["Agreement", "Approval", "Identity", "Refusal", "Role", "Sex", "User", "UserKind"]

LOWER_EMAIL: Label[str] = literal_column("lower(email)").label("lower_email")
LOWER_NAME: Label[str] = literal_column("lower(name)").label("lower_name")


class User(Identified, Base):
    """A person or a machine.

    `email` is one that a provider vouches for; `mail_refused_at` is since when it gets no mail, because it refused one.
    `session_version` is raised to end every session at once. `leaves_at` is when a person who wishes to go is
    forgotten, with all that is theirs.
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
    mail_refused_at: Mapped[datetime | None]
    mail_refused_reason: Mapped[Refusal | None] = mapped_column(words(Refusal))
    leaves_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_users_person_email", text("lower(email)"), unique=True, postgresql_where=text("kind = 'person'")),
        Index("ix_users_role_id", "role", "id"),
        # These serve LIKE 'beginning%' whatever the database's collation, which the one above does not.
        Index("ix_users_email_pattern", LOWER_EMAIL, postgresql_ops={LOWER_EMAIL.name: "text_pattern_ops"}),
        Index("ix_users_name_pattern", LOWER_NAME, postgresql_ops={LOWER_NAME.name: "text_pattern_ops"}),
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
    """A role that a person is to have from the first sign-in on, by their verified e-mail address in lower case.

    It is gone once they have come.
    """

    __tablename__ = "approvals"

    email: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(words(Role))
    approved_at: Mapped[datetime] = mapped_column(server_default=func.now())
