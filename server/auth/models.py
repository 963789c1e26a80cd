"""What is known of credentials: keys that we gave out, and tokens that are spent."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified, words
from server.users.models import User


class Scope(StrEnum):
    """What a key may be used for."""

    BASE = "base"
    ADMIN = "admin"


class ApiKey(Identified, Base):
    """A key that a program uses in its owner's name.

    `prefix` finds it, and may be shown; `digest` is the SHA-256 of the rest, which is long and random and so needs no
    slow hash.
    """

    __tablename__ = "api_keys"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    name: Mapped[str]
    prefix: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[bytes]
    scope: Mapped[Scope] = mapped_column(words(Scope))
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SpentToken(Base):
    """A token that must not be used again, by its `jti`, until it has expired anyway."""

    __tablename__ = "spent_tokens"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
