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
    case,
    column,
    distinct,
    func,
    select,
    table,
    true,
)

from server.auth.naming import name_for
from server.auth.principal import Principal
from server.documents.models import Sentence
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


BEYOND = 2**31 - 1
"""Above every index."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of a document's sentences have been read, by anybody and by the viewer."""

    read: int = 0
    mine: int = 0


def _kept(documents: ColumnElement[bool], *around: Subquery) -> Subquery:
    """Return the segments that count, by `document_id`, `recital_id`, `owner_id` and `text`.

    They are those of recitals that were not discarded, neither read anew nor among the last ones that were taken back.

    Args:
        documents: a condition on `RECITALS.c.document_id`.
        around: what the condition knows of the query around.
    """
    indices = select(SEGMENTS.c.index).where(SEGMENTS.c.recital_id == RECITALS.c.id).order_by(SEGMENTS.c.index.desc())
    taken_back = indices.offset(RECITALS.c.discard_last - 1).limit(1).correlate(RECITALS).scalar_subquery()
    # Where fewer were read than are taken back there is none: no index is below NULL.
    first_discarded = case((RECITALS.c.discard_last == 0, BEYOND), else_=taken_back).label("first_discarded")
    # Materialized, since Postgres would else look for the first discarded one anew for each segment.
    recitals = (
        select(RECITALS.c.id, RECITALS.c.document_id, RECITALS.c.owner_id, first_discarded)
        .where(documents, RECITALS.c.status != "discarded")
        .correlate(*around)
        .cte("recitals_counted", nesting=True)
        .prefix_with("MATERIALIZED")
    )
    return (
        select(recitals.c.document_id, recitals.c.id.label("recital_id"), recitals.c.owner_id, SEGMENTS.c.text)
        .join_from(recitals, SEGMENTS, SEGMENTS.c.recital_id == recitals.c.id)
        .where(~SEGMENTS.c.does_not_count, SEGMENTS.c.index < recitals.c.first_discarded)
        .subquery("kept")
    )


def read_texts(documents: ColumnElement[bool], viewer: UUID) -> Subquery:
    """Return what has been read of documents: `document_id`, `text`, and `is_mine`, whether the viewer is among those.

    Args:
        documents: a condition on `RECITALS.c.document_id`.
        viewer: whose own reading is told apart.
    """
    kept = _kept(documents)
    return (
        select(kept.c.document_id, kept.c.text, func.bool_or(kept.c.owner_id == viewer).label("is_mine"))
        .group_by(kept.c.document_id, kept.c.text)
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


def is_unread(documents: Subquery, viewer: UUID | None) -> ColumnElement[bool]:
    """Say of documents, by their `id`, that one has a sentence that nobody has read, or that the viewer hasn't.

    By EXCEPT, which looks at each sentence and each segment of a document once; nested conditions would look at all of
    its segments anew for every sentence.
    """
    by_whom = RECITALS.c.owner_id == viewer if viewer is not None else true()
    read = select(_kept(and_(RECITALS.c.document_id == documents.c.id, by_whom), documents).c.text)
    written = select(Sentence.text).where(Sentence.document_id == documents.c.id).correlate(documents)
    return written.except_(read).exists()


def readers_of(document_id: UUID, viewer: Principal) -> Select[UUID, str | None, int, int]:
    """Ask who has read of a document: id, name as the viewer may know it, how many sentences, in how many recitals."""
    kept = _kept(RECITALS.c.document_id == document_id)
    sentences: Select[*tuple[UUID, str | None, int, int]] = (
        select(
            User.id,
            name_for(viewer).label("name"),
            func.count(distinct(Sentence.index)).label("sentence_count"),
            func.count(distinct(kept.c.recital_id)).label("recital_count"),
        )
        .join_from(kept, Sentence, and_(Sentence.document_id == kept.c.document_id, Sentence.text == kept.c.text))
        .join(User, User.id == kept.c.owner_id)
        .group_by(User.id)
    )
    return sentences
