"""Reading documents: columns straight into schemas, the viewer always among the arguments."""

import random
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, true
from sqlalchemy.sql import Select

from server.auth.principal import Principal
from server.db.cursors import BadCursor, newest_first, next_cursor
from server.documents import coverage, schemas
from server.documents.coverage import RECITALS, Coverage, coverage_of
from server.documents.kinds import MOST_SENTENCES
from server.documents.models import Document, Sentence
from server.documents.schemas import DocumentPage, DocumentSummary, ReaderPage, ReaderShown, SentencePage, SentenceShown
from server.unit_of_work import UnitOfWork
from server.users.models import User

COLUMNS = (
    Document.id,
    Document.owner_id,
    Document.title,
    Document.language,
    Document.origin,
    Document.source_url,
    Document.is_public,
    Document.sentence_count,
    Document.character_count,
    Document.revision,
    Document.archived_at,
    Document.created_at,
    Document.updated_at,
)

MOST_LOOKED_AT = 100
"""Documents of which it is found out whether anybody has read them to the end, before one is suggested."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents are listed."""

    title: str | None = None
    language: str | None = None
    mine: bool = False
    archived: bool = False

    def condition(self, viewer: Principal) -> ColumnElement[bool]:
        """Say it of `Document`; archived ones are listed to those whose they are, and to admins."""
        wanted: list[ColumnElement[bool]] = [
            Document.archived_at.is_not(None) if self.archived else Document.archived_at.is_(None)
        ]
        if self.mine or (self.archived and not viewer.sees_all):
            wanted.append(Document.owner_id == viewer.user_id)
        if self.language is not None:
            wanted.append(_is_in(self.language))
        if self.title is not None:
            wanted.append(_has_word(self.title))
        return and_(*wanted)


@dataclass(frozen=True, slots=True)
class DocumentQueries:
    """What one viewer may read of documents."""

    work: UnitOfWork
    viewer: Principal

    async def page(self, wanted: Filter, limit: int, cursor: str | None) -> DocumentPage:
        """Return `limit` documents, newest first, after the cursor.

        Raises:
            BadCursor: the cursor is none that we gave.
        """
        query = newest_first(self._visible().where(wanted.condition(self.viewer)), Document.id, limit, cursor)
        rows = (await self.work.session.execute(query)).all()
        read = await coverage_of(self.work, [row.id for row in rows[:limit]], self.viewer.user_id)
        items = [DocumentSummary.model_validate(self._shown(row, read.get(row.id, Coverage()))) for row in rows[:limit]]
        return DocumentPage(items=items, next_cursor=next_cursor(rows, limit))

    async def one(self, document_id: UUID) -> schemas.Document | None:
        """Return a document, or None when the viewer may see no such thing."""
        row = (await self.work.session.execute(self._visible().where(Document.id == document_id))).first()
        if row is None:
            return None
        read = await coverage_of(self.work, [document_id], self.viewer.user_id)
        return schemas.Document.model_validate(self._shown(row, read.get(document_id, Coverage())))

    async def suggestion(self, language: str | None) -> schemas.Document | None:
        """Return a document with something to read, chosen by chance, or None when there is none.

        One with sentences that nobody has read comes before one with sentences that only the viewer hasn't, as far as
        one can see from where chance has put us: to tell it, all that was ever read of a document is gone through.
        """
        offered = self._offered(language)
        point = await self._by_chance(offered)
        if point is None:
            return None
        ids = select(Document.id).where(offered).order_by(Document.id)
        sides = (Document.id >= point, Document.id < point)
        for reader, most in ((None, MOST_LOOKED_AT), (self.viewer.user_id, None)):
            for side in sides:
                near = ids.where(side).limit(most).subquery("near")
                unread = select(near.c.id).where(coverage.is_unread(near, reader)).limit(1)
                chosen = await self.work.session.scalar(unread)
                if chosen is not None:
                    return await self.one(chosen)
        return None

    async def sentences(self, document_id: UUID, limit: int, cursor: str | None) -> SentencePage | None:
        """Return `limit` sentences after the cursor, or None when the viewer may see no such document.

        Raises:
            BadCursor: the cursor is none that we gave.
        """
        if not await self._sees(document_id):
            return None
        first = _read_index(cursor) if cursor is not None else 0
        read = coverage.read_texts(RECITALS.c.document_id == document_id, self.viewer.user_id)
        query = (
            select(
                Sentence.index,
                Sentence.paragraph,
                Sentence.text,
                read.c.text.is_not(None).label("is_read"),
                func.coalesce(read.c.is_mine, False).label("is_read_by_me"),
            )
            .outerjoin(read, read.c.text == Sentence.text)
            .where(Sentence.document_id == document_id, Sentence.index >= first)
            .order_by(Sentence.index)
            .limit(limit + 1)
        )
        rows = (await self.work.session.execute(query)).all()
        items = [SentenceShown.model_validate(row) for row in rows[:limit]]
        return SentencePage(items=items, next_cursor=_write_index(rows[limit].index) if len(rows) > limit else None)

    async def readers(self, document_id: UUID, limit: int, cursor: str | None) -> ReaderPage:
        """Return who has read of a document; whether the viewer may know, the caller has to check.

        Raises:
            BadCursor: the cursor is none that we gave.
        """
        query = newest_first(coverage.readers_of(document_id, self.viewer), User.id, limit, cursor)
        rows = (await self.work.session.execute(query)).all()
        items = [ReaderShown.model_validate(row) for row in rows[:limit]]
        return ReaderPage(items=items, next_cursor=next_cursor(rows, limit))

    def _offered(self, language: str | None) -> ColumnElement[bool]:
        """Say what may be suggested; others' private documents are not, whoever sees them."""
        return and_(
            or_(Document.is_public, Document.owner_id == self.viewer.user_id),
            Document.archived_at.is_(None),
            true() if language is None else _is_in(language),
        )

    async def _by_chance(self, offered: ColumnElement[bool]) -> UUID | None:
        """Return a random point between the ids of the oldest and the newest, or None when nothing is offered.

        Sorting by a random number would look at every document, and each at its sentences. Ids grow with time, so what
        was added after a pause is chosen more often, which does no harm here.
        """
        ids = select(Document.id).where(offered).limit(1)
        oldest = await self.work.session.scalar(ids.order_by(Document.id))
        newest = await self.work.session.scalar(ids.order_by(Document.id.desc()))
        if oldest is None or newest is None:
            return None
        return UUID(int=random.randint(oldest.int, newest.int))  # noqa: S311 - nothing secret

    async def _sees(self, document_id: UUID) -> bool:
        found = await self.work.session.scalar(select(Document.id).where(Document.id == document_id, self._may_see()))
        return found is not None

    def _visible(self) -> Select[*tuple[Any, ...]]:
        return select(*COLUMNS).where(self._may_see())

    def _may_see(self) -> ColumnElement[bool]:
        if self.viewer.sees_all:
            return Document.id.is_not(None)
        return or_(Document.is_public, Document.owner_id == self.viewer.user_id)

    def _shown(self, row: Row[Any], read: Coverage) -> dict[str, Any]:
        return row._asdict() | {
            "is_mine": row.owner_id == self.viewer.user_id,
            "read_sentence_count": read.read,
            "my_read_sentence_count": read.mine,
        }


def _is_in(language: str) -> ColumnElement[bool]:
    """Say that a document is in a language, or in a kind of it: `pt-BR` is `pt`."""
    return or_(
        func.lower(Document.language) == language.lower(),
        Document.language.istartswith(f"{language}-", autoescape=True),
    )


def _has_word(beginning: str) -> ColumnElement[bool]:
    """Say that the title of a document, or a word in it, begins so."""
    return or_(
        Document.title.istartswith(beginning, autoescape=True),
        Document.title.icontains(f" {beginning}", autoescape=True),
    )


def _write_index(index: int) -> str:
    return urlsafe_b64encode(str(index).encode()).decode().rstrip("=")


def _read_index(cursor: str) -> int:
    try:
        index = int(urlsafe_b64decode(cursor + "=="))
    except ValueError:
        raise BadCursor from None
    if not 0 <= index < MOST_SENTENCES:
        raise BadCursor
    return index
