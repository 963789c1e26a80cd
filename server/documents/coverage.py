"""How much of documents has been read, and by whom.

Recitals stand above documents and know them; their tables are named here, not imported.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    column,
    distinct,
    func,
    or_,
    select,
    table,
)

from server.documents.models import Document, Sentence
from server.unit_of_work import UnitOfWork
from server.users.models import User

RECITALS = table(
    "recitals",
    column("id"),
    column("document_id"),
    column("owner_id"),
    column("status"),
    column("discard_last", Integer),
)
SEGMENTS = table(
    "recital_text_segments", column("recital_id"), column("index"), column("text"), column("does_not_count")
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of a document's sentences have been read, by anybody and by the viewer."""

    read: int = 0
    mine: int = 0


def _is_kept() -> ColumnElement[bool]:
    """Say of a segment that it counts: not read anew, and not among the last ones that its reader discarded."""
    others = SEGMENTS.alias("others")
    first_discarded = (
        select(others.c.index)
        .where(others.c.recital_id == RECITALS.c.id)
        .order_by(others.c.index.desc())
        .offset(func.greatest(RECITALS.c.discard_last - 1, 0))
        .limit(1)
        .correlate(RECITALS)
        .scalar_subquery()
    )
    is_before = or_(RECITALS.c.discard_last == 0, SEGMENTS.c.index < first_discarded)
    return and_(RECITALS.c.status != "discarded", ~SEGMENTS.c.does_not_count, is_before)


def read_texts(documents: ColumnElement[bool], viewer: UUID) -> Subquery:
    """Return what has been read of documents: `document_id`, `text`, and `is_mine`, whether the viewer is among those.

    Args:
        documents: a condition on `RECITALS.c.document_id`.
        viewer: whose own reading is told apart.
    """
    return (
        select(RECITALS.c.document_id, SEGMENTS.c.text, func.bool_or(RECITALS.c.owner_id == viewer).label("is_mine"))
        .join_from(RECITALS, SEGMENTS, SEGMENTS.c.recital_id == RECITALS.c.id)
        .where(documents, _is_kept())
        .group_by(RECITALS.c.document_id, SEGMENTS.c.text)
        .subquery("read_texts")
    )


async def coverage_of(work: UnitOfWork, documents: Collection[UUID], viewer: UUID) -> Mapping[UUID, Coverage]:
    """Count what has been read of each of some documents, in one query; one that nobody has read is left out."""
    read = read_texts(RECITALS.c.document_id.in_(documents), viewer)
    query = (
        select(Sentence.document_id, func.count(), func.count().filter(read.c.is_mine))
        .join(read, and_(read.c.document_id == Sentence.document_id, read.c.text == Sentence.text))
        .group_by(Sentence.document_id)
    )
    rows = await work.session.execute(query)
    return {document_id: Coverage(of_all, mine) for document_id, of_all, mine in rows}


def is_unread(viewer: UUID | None) -> ColumnElement[bool]:
    """Say of a document that it has a sentence that nobody has read, or that the viewer hasn't.

    By EXCEPT, which looks at each sentence and each segment of a document once; nested conditions would look at all of
    its segments anew for every sentence.
    """
    by_whom = RECITALS.c.owner_id == viewer if viewer is not None else RECITALS.c.owner_id.is_not(None)
    read = (
        select(SEGMENTS.c.text)
        .join_from(RECITALS, SEGMENTS, SEGMENTS.c.recital_id == RECITALS.c.id)
        .where(RECITALS.c.document_id == Document.id, by_whom, _is_kept())
        .correlate(Document)
    )
    written = select(Sentence.text).where(Sentence.document_id == Document.id).correlate(Document)
    return written.except_(read).exists()


def readers_of(document_id: UUID) -> Select[UUID, str | None, int, int]:
    """Ask who has read of a document: id, name, how many of its sentences, in how many recitals."""
    sentences: Select[*tuple[UUID, str | None, int, int]] = (
        select(
            User.id,
            User.name,
            func.count(distinct(Sentence.index)).label("sentence_count"),
            func.count(distinct(RECITALS.c.id)).label("recital_count"),
        )
        .join_from(RECITALS, SEGMENTS, SEGMENTS.c.recital_id == RECITALS.c.id)
        .join(Sentence, and_(Sentence.document_id == RECITALS.c.document_id, Sentence.text == SEGMENTS.c.text))
        .join(User, User.id == RECITALS.c.owner_id)
        .where(RECITALS.c.document_id == document_id, _is_kept())
        .group_by(User.id)
    )
    return sentences
