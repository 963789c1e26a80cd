"""The rows of documents."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified, words
from server.documents.kinds import Origin
from server.users.models import User


class Document(Identified, Base):
    """A text to be read aloud; a public one by everybody, a private one by its owner alone.

    `revision` is raised by every edit and is its entity tag. An archived one is offered to nobody any more; what was
    recited of it stays.
    """

    __tablename__ = "documents"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id))
    title: Mapped[str]
    language: Mapped[str]
    origin: Mapped[Origin] = mapped_column(words(Origin))
    source_url: Mapped[str | None]
    is_public: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    sentence_count: Mapped[int]
    character_count: Mapped[int]
    revision: Mapped[int] = mapped_column(server_default=text("1"), default=1)
    archived_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.clock_timestamp())

    __table_args__ = (
        Index("ix_documents_owner_id_id", "owner_id", "id"),
        Index(
            "ix_documents_offered_language_id",
            "language",
            "id",
            postgresql_where=text("is_public AND archived_at IS NULL"),
        ),
    )


class Sentence(Base):
    """One sentence of a document; both counts begin at 0, and `paragraph` never falls from one sentence to the next."""

    __tablename__ = "document_sentences"

    document_id: Mapped[UUID] = mapped_column(ForeignKey(Document.id, ondelete="CASCADE"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    paragraph: Mapped[int]
    text: Mapped[str]
