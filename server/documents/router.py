"""Documents over HTTP."""

import asyncio
import hashlib
import re
from email.message import Message
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response, status

from server.auth.conditions import CONTRIBUTING, Contributor
from server.auth.dependencies import CurrentCaller
from server.auth.problems import Unauthenticated
from server.db.cursors import BadCursor
from server.documents import service
from server.documents.bodies import LateBody, described, json_of
from server.documents.kinds import Form
from server.documents.problems import (
    LanguageNeeded,
    NoSuchArticle,
    NotAnArticle,
    NothingToRead,
    NothingToSuggest,
    NotText,
    TooComplex,
    TooLong,
    TypeNotRead,
    WikipediaUnreachable,
    WrongCharset,
)
from server.documents.queries import DocumentQueries, Filter
from server.documents.reading import Source
from server.documents.schemas import (
    MOST_SHOWN,
    Document,
    DocumentEdit,
    DocumentPage,
    DocumentWish,
    FileWish,
    ReaderPage,
    SentencePage,
    Title,
)
from server.documents.service import Desk
from server.idempotency.service import IdempotencyKey, Keyed, KeyReused
from server.limits.problems import BodyTooLarge
from server.preconditions import PreconditionNeeded, RevisionDiffers, Revisions
from server.problems import NotFound, problems
from server.unit_of_work import Work
from server.users.schemas import Language

router = APIRouter(prefix="/documents", tags=["documents"], responses=problems(Unauthenticated))

FORMS = {"text/plain": Form.TEXT, "text/html": Form.HTML, "text/markdown": Form.MARKDOWN}
CHARSET = re.compile(r"[a-z0-9_:.+-]{1,40}")
"""RFC 2978, section 2.3, as far as there are any."""
FILE = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in FORMS},
    }
}
READING = (NothingToRead, NotText, TooLong, TooComplex, LanguageNeeded, BodyTooLarge)
ARCHIVED = "Archived ones, and no others: yours, and to admins everybody's."
Cursor = Annotated[str | None, Query(max_length=64)]


def get_desk(request: Request) -> Desk:
    """Return what makes documents of texts."""
    desk: Desk = request.app.state.desk
    return desk


CurrentDesk = Annotated[Desk, Depends(get_desk)]


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*CONTRIBUTING, *READING, KeyReused, NotAnArticle, NoSuchArticle, WikipediaUnreachable),
    openapi_extra=described(DocumentWish),
)
async def add_document(  # noqa: PLR0913, PLR0917 - each is one thing that the request brings
    wish: Annotated[DocumentWish, Depends(json_of(DocumentWish), scope="function")],
    caller: Contributor,
    work: Work,
    desk: CurrentDesk,
    response: Response,
    key: IdempotencyKey = None,
) -> Document:
    """Add a document: a text, or an article of Wikipedia in whichever language."""
    keyed = Keyed(caller.user_id, key, wish)
    made = await service.add_once(
        work, caller, keyed, lambda: service.draft_wish(work, desk, caller, wish), is_public=wish.is_public
    )
    return _located(made, response)


@router.post(
    "/file",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*CONTRIBUTING, *READING, KeyReused, TypeNotRead, WrongCharset),
    openapi_extra=FILE,
)
async def add_document_file(  # noqa: PLR0913, PLR0917 - each is one thing that the request brings
    caller: Contributor,
    work: Work,
    desk: CurrentDesk,
    content: LateBody,
    response: Response,
    content_type: Annotated[str, Header(description="text/plain, text/html or text/markdown.")],
    title: Annotated[Title | None, Query()] = None,
    language: Annotated[Language | None, Query()] = None,
    is_public: Annotated[bool, Query()] = False,  # noqa: FBT002 - FastAPI's way to name a default
    key: IdempotencyKey = None,
) -> Document:
    """Add a document from a file: its bytes are the body, plain text, HTML or Markdown by its Content-Type."""
    form, charset = _declared(content_type)
    source = Source(content, form, charset, language)
    wish = FileWish(
        title=title, language=language, is_public=is_public, content_type=content_type, sha256=await _digest(content)
    )
    keyed = Keyed(caller.user_id, key, wish)
    made = await service.add_once(
        work, caller, keyed, lambda: service.draft_file(work, desk, caller, wish, source), is_public=is_public
    )
    return _located(made, response)


@router.get("", responses=problems(BadCursor))
async def list_documents(  # noqa: PLR0913, PLR0917 - each is one filter
    caller: CurrentCaller,
    work: Work,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Cursor = None,
    q: Annotated[
        str | None,
        Query(min_length=1, max_length=100, pattern=r"^[^\x00]+$", description="How a word of the title begins."),
    ] = None,
    language: Annotated[Language | None, Query()] = None,
    mine: Annotated[bool, Query(description="Yours alone.")] = False,  # noqa: FBT002 - FastAPI's way
    archived: Annotated[bool, Query(description=ARCHIVED)] = False,  # noqa: FBT002 - FastAPI's way
) -> DocumentPage:
    """List the documents that you may read, newest first."""
    return await DocumentQueries(work, caller).page(Filter(q, language, mine, archived), limit, cursor)


@router.get("/suggestion", responses=problems(NothingToSuggest))
async def suggest_document(
    caller: CurrentCaller, work: Work, response: Response, language: Annotated[Language | None, Query()] = None
) -> Document:
    """Suggest something to read, by chance: first what nobody has read yet, then what you haven't."""
    suggested = await DocumentQueries(work, caller).suggestion(language)
    if suggested is None:
        raise NothingToSuggest
    return _tagged(suggested, response)


@router.get("/{document_id}", responses=problems(NotFound))
async def show_document(document_id: UUID, caller: CurrentCaller, work: Work, response: Response) -> Document:
    """Show a document, and how much of it has been read; its ETag is needed to change it."""
    return _tagged(await service.show(work, caller, document_id), response)


@router.get("/{document_id}/sentences", responses=problems(NotFound, BadCursor))
async def list_sentences(
    document_id: UUID,
    caller: CurrentCaller,
    work: Work,
    limit: Annotated[int, Query(ge=1, le=MOST_SHOWN)] = 100,
    cursor: Cursor = None,
) -> SentencePage:
    """List the sentences of a document in order, and whether they have been read."""
    page = await DocumentQueries(work, caller).sentences(document_id, limit, cursor)
    if page is None:
        raise NotFound("document")
    return page


@router.get("/{document_id}/readers", responses=problems(NotFound, BadCursor))
async def list_readers(
    document_id: UUID,
    caller: CurrentCaller,
    work: Work,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Cursor = None,
) -> ReaderPage:
    """List who has read of a document, and how much; for its owner and admins."""
    await service.editable(work, caller, document_id)
    return await DocumentQueries(work, caller).readers(document_id, limit, cursor)


@router.patch(
    "/{document_id}",
    responses=problems(*CONTRIBUTING, NotFound, RevisionDiffers, PreconditionNeeded, *READING),
    openapi_extra=described(DocumentEdit),
)
async def change_document(  # noqa: PLR0913, PLR0917 - each is one thing that the request brings
    document_id: UUID,
    wish: Annotated[DocumentEdit, Depends(json_of(DocumentEdit), scope="function")],
    caller: Contributor,
    work: Work,
    desk: CurrentDesk,
    revisions: Revisions,
    response: Response,
) -> Document:
    """Change a document, replace its text, archive it or take it back; for its owner and admins."""
    return _tagged(await service.edit(work, desk, caller, document_id, wish, revisions), response)


def _declared(content_type: str) -> tuple[Form, str | None]:
    """Read a Content-Type: which form it is, and in which charset."""
    message = Message()
    message["Content-Type"] = content_type
    form = FORMS.get(message.get_content_type())
    if form is None:
        raise TypeNotRead
    charset = message.get_content_charset()
    if charset is not None and not CHARSET.fullmatch(charset):
        raise WrongCharset(charset)
    return form, charset


async def _digest(content: bytes) -> str:
    return await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest())


def _located(document: Document, response: Response) -> Document:
    response.headers["Location"] = f"/api/v1/documents/{document.id}"
    return _tagged(document, response)


def _tagged(document: Document, response: Response) -> Document:
    response.headers["ETag"] = document.etag
    return document
