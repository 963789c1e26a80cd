"""The rules of documents: how they are added, and who may change them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from server.audit.models import Action
from server.audit.service import note
from server.auth.principal import Principal
from server.documents import schemas
from server.documents.kinds import Form, Origin
from server.documents.models import Document
from server.documents.problems import LanguageNeeded
from server.documents.queries import DocumentQueries
from server.documents.reading import Reader, Reading, Source
from server.documents.repository import DocumentRepository
from server.documents.schemas import DocumentEdit, DocumentWish, FileWish
from server.documents.wikipedia import Name, fetch_article
from server.idempotency.service import Keyed, answered, once
from server.preconditions import check_revision
from server.problems import NotFound
from server.unit_of_work import UnitOfWork
from server.users.models import User


@dataclass(frozen=True, slots=True)
class Desk:
    """What it takes to make a document of a text: who reads it, and how articles are fetched."""

    reader: Reader
    outbound: httpx.AsyncClient
    wikipedia_url: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that has been read, before it is a document."""

    reading: Reading
    origin: Origin
    title: str
    language: str
    source_url: str | None = None


async def draft_wish(work: UnitOfWork, desk: Desk, owner: Principal, wish: DocumentWish) -> Draft:
    """Read the text or the article that somebody would like to add.

    Raises:
        Problem: those of `Reader.read`, `Name.of` and `fetch_article`, or `LanguageNeeded`.
    """
    if wish.url is None:
        source = Source((wish.text or "").encode(), Form.TEXT, "utf-8", wish.language)
        return await _draft(desk, owner, await _spoken(work, owner, source), Origin.TEXT, wish.title)
    name = Name.of(wish.url)
    await _let_go(work)
    article = await fetch_article(desk.outbound, desk.wikipedia_url, name)
    language = wish.language or article.language
    source = Source(article.html.encode(), Form.ARTICLE, "utf-8", language, spoken=name.edition)
    return await _draft(desk, owner, source, Origin.WIKIPEDIA, wish.title or article.title, article.url)


async def draft_file(work: UnitOfWork, desk: Desk, owner: Principal, wish: FileWish, source: Source) -> Draft:
    """Read a file that somebody would like to add.

    Raises:
        Problem: those of `Reader.read`, or `LanguageNeeded`.
    """
    return await _draft(desk, owner, await _spoken(work, owner, source), Origin.FILE, wish.title)


async def add_once(
    work: UnitOfWork, owner: Principal, keyed: Keyed, make_draft: Callable[[], Awaitable[Draft]], *, is_public: bool
) -> schemas.Document:
    """Add a document for each key; for one that was answered already, nothing is read or fetched any more.

    Raises:
        KeyReused: the key belongs to another wish.
        Problem: those of `make_draft`.
    """
    answer = await answered(work, keyed, schemas.Document)
    if answer is not None:
        return answer
    draft = await make_draft()
    return await once(work, keyed, schemas.Document, lambda: _add(work, owner, draft, is_public=is_public))


async def show(work: UnitOfWork, viewer: Principal, document_id: UUID) -> schemas.Document:
    """Show a document.

    Raises:
        NotFound: there is none such, or it is another's and private.
    """
    shown = await DocumentQueries(work, viewer).one(document_id)
    if shown is None:
        raise NotFound("document")
    return shown


async def editable(work: UnitOfWork, editor: Principal, document_id: UUID, *, lock: bool = False) -> Document:
    """Return a document that the editor may change; locked, so that nobody else does meanwhile.

    Raises:
        NotFound: there is none such, or it is another's.
    """
    document = await DocumentRepository(work.session).editable(editor, document_id, lock=lock)
    if document is None:
        raise NotFound("document")
    return document


async def edit(  # noqa: PLR0913, PLR0917 - who edits what, how, and of which revision
    work: UnitOfWork, desk: Desk, editor: Principal, document_id: UUID, wish: DocumentEdit, revisions: Sequence[str]
) -> schemas.Document:
    """Change a document. Of two who edit the same revision, the second is told so.

    Args:
        work: the transaction.
        desk: reads a new text.
        editor: its owner, or an admin.
        document_id: which document.
        wish: what is to be changed.
        revisions: the entity tags one of which it must have, or `*`.

    Raises:
        NotFound: there is none such, or it is another's.
        RevisionDiffers: it has none of these tags.
        Problem: those of `Reader.read`, of a new text.
    """
    document = await editable(work, editor, document_id, lock=True)
    check_revision(revisions, document.revision, revision=document.revision)
    given = wish.model_dump(exclude_unset=True)
    if wish.text:
        await _let_go(work)  # and with it the lock, so the revision is checked again
        language = given.get("language", document.language)
        reading = await desk.reader.read(Source(wish.text.encode(), Form.TEXT, "utf-8", language), editor.user_id)
        document = await editable(work, editor, document_id, lock=True)
        check_revision(revisions, document.revision, revision=document.revision)
        await _rewrite(work, document, reading)
    _change(document, given)
    if document.owner_id != editor.user_id:
        fields = ", ".join(sorted(given))
        note(
            work,
            Action.DOCUMENT_CHANGED,
            actor_id=editor.user_id,
            subject_id=document.id,
            tool=editor.tool,
            fields=fields,
        )
    await work.session.flush()
    return await show(work, editor, document_id)


async def _add(work: UnitOfWork, owner: Principal, draft: Draft, *, is_public: bool) -> schemas.Document:
    """Make a draft a document of its owner's."""
    summary = draft.reading.summary
    document = Document(
        owner_id=owner.user_id,
        title=draft.title,
        language=draft.language,
        origin=draft.origin,
        source_url=draft.source_url,
        is_public=is_public,
        sentence_count=summary.sentence_count,
        character_count=summary.character_count,
    )
    await DocumentRepository(work.session).add(document, draft.reading.batches)
    return await show(work, owner, document.id)


async def _spoken(work: UnitOfWork, owner: Principal, source: Source) -> Source:
    """Say of a source which language its owner speaks, and end the transaction."""
    spoken = await work.session.scalar(select(User.language).where(User.id == owner.user_id))
    await _let_go(work)
    return replace(source, spoken=spoken)


async def _draft(  # noqa: PLR0913, PLR0917 - whose it is, what it is, and where it came from
    desk: Desk, owner: Principal, source: Source, origin: Origin, title: str | None, url: str | None = None
) -> Draft:
    reading = await desk.reader.read(source, owner.user_id)
    if reading.summary.language is None:
        raise LanguageNeeded
    return Draft(reading, origin, title or reading.summary.title, reading.summary.language, url)


async def _let_go(work: UnitOfWork) -> None:
    """End the transaction, in which nothing was written: what takes seconds must not keep a connection meanwhile."""
    await work.session.commit()


async def _rewrite(work: UnitOfWork, document: Document, reading: Reading) -> None:
    await DocumentRepository(work.session).replace_sentences(document.id, reading.batches)
    document.sentence_count = reading.summary.sentence_count
    document.character_count = reading.summary.character_count


def _change(document: Document, given: dict[str, Any]) -> None:
    for name in ("title", "language", "is_public"):
        setattr(document, name, given.get(name, getattr(document, name)))
    if "archived" in given:
        document.archived_at = (document.archived_at or datetime.now(UTC)) if given["archived"] else None
    document.revision += 1
