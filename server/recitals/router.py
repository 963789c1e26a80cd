"""Recitals over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response, status
from fastapi.responses import RedirectResponse

from server.auth.conditions import SPEAKING, Speaker
from server.auth.dependencies import CurrentCaller
from server.auth.problems import Unauthenticated
from server.aws.store import Store, get_store
from server.db.cursors import BadCursor
from server.idempotency.service import IdempotencyKey, Keyed, KeyReused, once
from server.limits.problems import BodyTooLarge
from server.problems import NotFound, problems
from server.recitals import ending, listening, service, slices, texts
from server.recitals.files import File
from server.recitals.measures import Flag
from server.recitals.problems import (
    DigestMismatch,
    DocumentArchived,
    RecitalClosed,
    RecitalNotReady,
    SegmentDiffers,
    SliceDiffers,
    SliceIncomplete,
    SlicesMissing,
    SliceTypeNotAccepted,
)
from server.recitals.queries import RecitalQueries, Wanted
from server.recitals.schemas import (
    MOST_SLICES,
    EndWish,
    Preview,
    RecitalDetail,
    RecitalPage,
    RecitalShown,
    RecitalWish,
    TextSegmentWish,
)
from server.recitals.state import RecitalStatus
from server.unit_of_work import Work
from server.uploads.quotas import QuotaExceeded

router = APIRouter(prefix="/recitals", tags=["recitals"], responses=problems(Unauthenticated))

CurrentStore = Annotated[Store, Depends(get_store)]
SLICE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The bytes that the recorder gave, at most MAX_SLICE_MB.",
        "content": {name: {"schema": {"type": "string", "format": "binary"}} for name in slices.TYPES},
    }
}


def get_wanted(
    status: RecitalStatus | None = None,
    document_id: UUID | None = None,
    flag: Flag | None = None,
    needs_review: bool | None = None,  # noqa: FBT001 - a query parameter
    owner: UUID | None = None,
) -> Wanted:
    """Gather which recitals are to be listed."""
    return Wanted(status, document_id, flag, needs_review, owner)


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound, DocumentArchived, KeyReused, QuotaExceeded, *SPEAKING),
)
async def begin_recital(  # noqa: PLR0913, PLR0917 - FastAPI hands each in by its name
    wish: RecitalWish, request: Request, caller: Speaker, work: Work, response: Response, key: IdempotencyKey = None
) -> RecitalShown:
    """Begin to read a document aloud."""

    async def begin() -> RecitalShown:
        recital = await service.begin(work, request.app.state.settings.limits, caller, wish.document_id)
        return await RecitalQueries(work, caller).one(recital.id)

    shown = await once(work, Keyed(caller.user_id, key, wish), RecitalShown, begin)
    response.headers["Location"] = f"/api/v1/recitals/{shown.id}"
    return shown


@router.get("", responses=problems(BadCursor))
async def list_recitals(
    caller: CurrentCaller,
    work: Work,
    wanted: Annotated[Wanted, Depends(get_wanted)],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> RecitalPage:
    """List your recitals, newest first; admins list everyone's."""
    return await RecitalQueries(work, caller).page(wanted, limit, cursor)


@router.get("/{recital_id}", responses=problems(NotFound))
async def show_recital(recital_id: UUID, caller: CurrentCaller, work: Work) -> RecitalDetail:
    """Show a recital with its text segments, and which of its slices have come."""
    return await RecitalQueries(work, caller).detail(recital_id)


@router.put(
    "/{recital_id}/audio/{sequence}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(
        NotFound, SliceDiffers, RecitalClosed, SliceTypeNotAccepted, SliceIncomplete, DigestMismatch, BodyTooLarge
    ),
    openapi_extra=SLICE,
)
async def send_slice(  # noqa: PLR0913, PLR0917 - FastAPI hands each in by its name
    recital_id: UUID,
    sequence: Annotated[int, Path(ge=0, lt=MOST_SLICES, description="Counts from 0.")],
    request: Request,
    caller: CurrentCaller,
    work: Work,
    store: CurrentStore,
    content_type: Annotated[str, Header(max_length=200, include_in_schema=False)],
    content_digest: Annotated[
        str | None,
        Header(max_length=1000, description="`sha-256=:…:` (RFC 9530); when given, the bytes are held against it."),
    ] = None,
) -> None:
    """Send one recorded slice; after this answer it is safe. The same again is fine, in any order."""
    arriving = slices.Arriving(recital_id, sequence, content_type, content_digest, request.stream())
    await slices.take_in(work, store, request.app.state.settings.aws.raw_bucket, caller, arriving)


@router.post(
    "/{recital_id}/text-segments",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound, SegmentDiffers, RecitalClosed),
)
async def send_text_segment(recital_id: UUID, wish: TextSegmentWish, caller: CurrentCaller, work: Work) -> None:
    """Send what was read, and until when. The same again is fine, in any order."""
    await texts.take_in(work, caller, recital_id, wish)


@router.post("/{recital_id}/end", responses=problems(NotFound, SlicesMissing))
async def end_recital(recital_id: UUID, wish: EndWish, caller: CurrentCaller, work: Work) -> RecitalShown:
    """End a recital; when slices are missing, they are named, and the last of them to come ends it."""
    await ending.end(work, caller, recital_id, wish)
    return await RecitalQueries(work, caller).one(recital_id)


@router.delete("/{recital_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NotFound))
async def disavow_recital(recital_id: UUID, caller: CurrentCaller, work: Work) -> None:
    """Take a recital back, however far it has come: all that was recorded is removed."""
    await service.disavow(work, caller, recital_id)


@router.get("/{recital_id}/preview", responses=problems(NotFound, RecitalNotReady))
async def preview_recital(recital_id: UUID, caller: CurrentCaller, work: Work, store: CurrentStore) -> Preview:
    """Listen to a recital with its text."""
    return await listening.preview(work, store, caller, recital_id)


@router.get(
    "/{recital_id}/files/{file}",
    status_code=status.HTTP_307_TEMPORARY_REDIRECT,
    responses=problems(NotFound, RecitalNotReady),
    response_class=RedirectResponse,
)
async def open_recital_file(  # noqa: PLR0913, PLR0917 - FastAPI hands each in by its name
    recital_id: UUID, file: File, request: Request, caller: CurrentCaller, work: Work, store: CurrentStore
) -> str:
    """Go to one of a recital's files; the address is good for an hour and takes ranges."""
    bucket = request.app.state.settings.aws.content_bucket
    return await listening.file_url(work, store, bucket, caller, recital_id, file)
