"""The rows of what can be searched for."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base
from server.media.models import Media

IS_WHOLE = text("search_texts.part = 0")
"""Literal, as the indexes have it."""


class SearchText(Base):
    """An item as it is searched: part 0 has its title and all words of its newest finished transcript.

    Of a text that is too long for one vector to tell where each word is, further parts have stretches of it that
    overlap. Where a row does tell, `starts` has the number, within the stretch, of the first word of each segment from
    `first_segment` on; it is null where words can't be placed. See `server.search.vectors` for the lexemes.
    """

    __tablename__ = "search_texts"

    media_id: Mapped[UUID] = mapped_column(ForeignKey(Media.id, ondelete="CASCADE"), primary_key=True)
    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    owner_id: Mapped[UUID]
    transcript_id: Mapped[UUID | None]
    first_segment: Mapped[int]
    starts: Mapped[list[int] | None] = mapped_column(ARRAY(Integer))
    vector: Mapped[str] = mapped_column(TSVECTOR)

    __table_args__ = (
        # Without a list of what is yet to be entered, which every search would have to go through.
        Index(
            "ix_search_texts_whole_vector",
            "vector",
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
            postgresql_where=IS_WHOLE,
        ),
        Index("ix_search_texts_whole_owner_id_media_id", "owner_id", "media_id", postgresql_where=IS_WHOLE),
    )
