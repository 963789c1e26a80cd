"""The rows of media items."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Computed,
    ForeignKey,
    Index,
    SmallInteger,
    Text,
    TextClause,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.aws.store import Address
from server.db.base import Base, Identified, words
from server.media.kinds import MediaKind, Origin, Pictures
from server.media.state import TRANSITIONS, ForbiddenTransition, Status
from server.media.wishes import SpeechWish
from server.users.models import User

IS_UNDER_WAY = text("status IN ('received', 'transcoding', 'transcribing', 'deleting')")
"""Literal, as the index has it: the items that some task must be working on or waiting for."""
IS_SHOWN = text("media.status NOT IN ('deleting', 'gone')")
"""Literal, as the indexes have it: all but `HIDDEN`."""
TITLE_KEY = text('lower("left"(media.title, 100))')
"""By what titles are sorted, as the indexes have it: an index takes no entry of any length."""

LISTED: dict[str, tuple[str | TextClause, ...]] = {
    "status": ("status", "id"),
    "kind": ("kind", "id"),
    "origin": ("origin", "id"),
    "engine": ("engine", "id"),
    "base_language": ("base_language", "id"),
    "duration_ms": ("duration_ms", "id"),
    "confidence": ("confidence", "id"),
    "title": (TITLE_KEY, "id"),
    "owner_id_status": ("owner_id", "status", "id"),
    "owner_id_duration_ms": ("owner_id", "duration_ms", "id"),
    "owner_id_confidence": ("owner_id", "confidence", "id"),
    "owner_id_title": ("owner_id", TITLE_KEY, "id"),
}
"""What lists are filtered and sorted by, and then by the time of making, as ids are. Others have few rows to sort."""


class Media(Identified, Base):
    """One item; its id is also the id of its result.

    `progress` is the finished share (0 to 1) of the stage that `status` names; `heard_ms` is how
    much of the sound has been transcribed; `wish` is a `SpeechWish`.

    `title`, `tags` and `notes` are its owner's to change, which `revision` counts. `engine`, `heard_language` and
    `confidence` (that of a word on average, 0 to 1) are its newest finished transcript's, and `base_language` is what
    was heard, else what was declared, without its region: `server.search` keeps them. `flags` name what asks for a
    person's judgement. `search_version` says by which rules it can be searched for; 0: not yet.

    `width` and `height` are pixels as it is shown, upright. `pictures` says how far that has come, apart from `status`:
    the text of a video never waits for its picture, nor fails with it.
    """

    __tablename__ = "media"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id))
    kind: Mapped[MediaKind] = mapped_column(words(MediaKind))
    status: Mapped[Status] = mapped_column(words(Status), default=Status.RECEIVED)
    title: Mapped[str]
    language: Mapped[str | None]
    wish: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    content_type: Mapped[str]
    source_bucket: Mapped[str]
    source_key: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    etag: Mapped[str]
    sha256: Mapped[str | None]
    duration_ms: Mapped[int | None] = mapped_column(BigInteger)
    progress: Mapped[float] = mapped_column(default=0.0)
    heard_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.clock_timestamp())
    origin: Mapped[Origin] = mapped_column(words(Origin), default=Origin.UPLOAD, server_default="upload")
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    notes: Mapped[str] = mapped_column(default="", server_default="")
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    engine: Mapped[str | None]
    heard_language: Mapped[str | None]
    base_language: Mapped[str | None] = mapped_column(
        Computed("lower(split_part(COALESCE(heard_language, language), '-', 1))", persisted=True)
    )
    confidence: Mapped[float | None]
    flags: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    search_version: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    width: Mapped[int | None]
    height: Mapped[int | None]
    pictures: Mapped[Pictures] = mapped_column(words(Pictures), default=Pictures.NONE, server_default="none")
    pictures_error_code: Mapped[str | None]
    pictures_error_message: Mapped[str | None]

    __table_args__ = (
        *(Index(f"ix_media_shown_{name}", *columns, postgresql_where=IS_SHOWN) for name, columns in LISTED.items()),
        Index("ix_media_shown_tags", "tags", postgresql_using="gin", postgresql_where=IS_SHOWN),
        Index("ix_media_shown_flags", "flags", postgresql_using="gin", postgresql_where=IS_SHOWN),
        Index("ix_media_search_version", "search_version", "id", postgresql_where=IS_SHOWN),
        Index("ix_media_owner_id_id", "owner_id", "id"),
        Index("ix_media_source_key", "source_key"),
        Index("ix_media_under_way_updated_at", "updated_at", postgresql_where=IS_UNDER_WAY),
    )

    @property
    def speech_wish(self) -> SpeechWish:
        """What the owner asks of its transcription."""
        return SpeechWish.model_validate(self.wish)

    @property
    def source(self) -> Address:
        """Where the bytes lie as they came."""
        return Address(self.source_bucket, self.source_key)

    def become(self, status: Status) -> None:
        """Change the status, by the table of transitions.

        Raises:
            ForbiddenTransition: the table has no such way.
        """
        if status is self.status:
            return
        if status not in TRANSITIONS[self.status]:
            raise ForbiddenTransition(self.status, status)
        self.status = status
        self.progress, self.heard_ms = (1.0, self.duration_ms or 0) if status is Status.COMPLETED else (0.0, 0)
        self.error_code = self.error_message = None

    def fail(self, code: str, message: str) -> None:
        """Fail with a reason that a person can act on."""
        self.become(Status.FAILED)
        self.error_code, self.error_message = code, message


class Rendition(Identified, Base):
    """One form of a media item's content."""

    __tablename__ = "renditions"

    media_id: Mapped[UUID] = mapped_column(ForeignKey(Media.id, ondelete="CASCADE"))
    name: Mapped[str]
    bucket: Mapped[str]
    key: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (UniqueConstraint("media_id", "name"), Index("ix_renditions_key", "key"))

    @property
    def address(self) -> Address:
        """Where the bytes lie."""
        return Address(self.bucket, self.key)
