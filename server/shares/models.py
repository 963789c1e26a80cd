"""The rows of shares."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified
from server.media.models import Media
from server.transcription.models import Transcript


class Share(Identified, Base):
    """A link to a result, which holds until it expires, is revoked, or the result is deleted.

    `digest` is the SHA-256 of the secret in the link, which is long and random and so needs no slow hash. Without a
    `transcript_id` it is the newest finished transcript that is shown, whenever that is.
    """

    __tablename__ = "shares"

    media_id: Mapped[UUID] = mapped_column(ForeignKey(Media.id, ondelete="CASCADE"))
    transcript_id: Mapped[UUID | None] = mapped_column(ForeignKey(Transcript.id, ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(unique=True)
    with_sound: Mapped[bool]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    opened: Mapped[int] = mapped_column(default=0)
    last_opened_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_shares_media_id_id", "media_id", "id"),
        Index("ix_shares_transcript_id", "transcript_id"),
    )
