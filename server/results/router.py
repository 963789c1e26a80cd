"""Results over HTTP."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, status
from fastapi.responses import JSONResponse, RedirectResponse, Response

from server.auth.conditions import CONTRIBUTING, Contributor
from server.auth.dependencies import CurrentCaller
from server.auth.problems import Unauthenticated
from server.aws.attachment import attachment
from server.aws.store import Store, get_store
from server.db.cursors import BadCursor
from server.db.plans import TooBroad
from server.media.file_names import file_name
from server.problems import NotFound, problems
from server.results import counting, service
from server.results.filters import Filters
from server.results.finding import Finder, Listing
from server.results.hits import HitsWish, find_hits
from server.results.problems import NotFailed, NotReady, NotTranscribable, SourceGone
from server.results.queries import ResultQueries
from server.results.renditions import NotMade, Renditions
from server.results.schemas import HitPage, RenditionAwaited, Result, ResultCounts, ResultPage, TranscribeWish
from server.transcription.formats import FORMATS, Extension
from server.transcription.offer import REFUSALS, CurrentOffer
from server.unit_of_work import Work

router = APIRouter(prefix="/results", tags=["results"], responses=problems(Unauthenticated))


LOOK_AGAIN_SECONDS = 5
CurrentStore = Annotated[Store, Depends(get_store)]
TranscriptId = Annotated[
    UUID | None, Query(description="One of the result's `transcripts`; by default the newest finished one.")
]


@router.get("", responses=problems(BadCursor, TooBroad))
async def list_results(caller: CurrentCaller, work: Work, wish: Annotated[Listing, Query()]) -> ResultPage:
    """List your results, or find some among them; admins find everyone's."""
    return await Finder(work, caller).page(wish)


@router.get("/counts", responses=problems(TooBroad))
async def count_results(caller: CurrentCaller, work: Work, wish: Annotated[Filters, Query()]) -> ResultCounts:
    """Count your results by what can be filtered; admins count everyone's."""
    return await counting.count(work.session, caller, wish)


@router.get("/{result_id}", responses=problems(NotFound))
async def show_result(result_id: UUID, caller: CurrentCaller, work: Work, transcript_id: TranscriptId = None) -> Result:
    """Show a result with its status, text so far and renditions."""
    result = await ResultQueries(work, caller).one(result_id, transcript_id)
    if result is None:
        raise NotFound("result")
    return result


@router.get("/{result_id}/hits", responses=problems(NotFound, BadCursor))
async def list_hits(result_id: UUID, caller: CurrentCaller, work: Work, wish: Annotated[HitsWish, Query()]) -> HitPage:
    """List where in a text something was said, in the order of time; also in one that is still being transcribed."""
    return await find_hits(work, caller, result_id, wish)


@router.get("/{result_id}/transcript.{extension}", responses=problems(NotFound, NotReady), response_class=Response)
async def download_transcript(
    result_id: UUID,
    extension: Extension,
    caller: CurrentCaller,
    work: Work,
    transcript_id: TranscriptId = None,
) -> Response:
    """Download a whole text in one of the formats."""
    transcription = await service.transcript(work, caller, result_id, transcript_id)
    form = FORMATS[extension]
    headers = {"Content-Disposition": attachment(file_name(transcription.title, extension))}
    content = await asyncio.to_thread(b"".join, form.write(transcription))
    return Response(content, media_type=form.media_type, headers=headers)


@router.get(
    "/{result_id}/renditions/{name}",
    status_code=status.HTTP_307_TEMPORARY_REDIRECT,
    responses=problems(NotFound, NotMade, SourceGone)
    | {202: {"model": RenditionAwaited, "description": "It isn't there; it is being made."}},
    response_class=RedirectResponse,
)
async def open_rendition(  # noqa: PLR0913, PLR0917 - FastAPI hands each in by its name
    result_id: UUID,
    name: Annotated[str, Path(pattern="^[a-z]{1,32}$")],
    caller: CurrentCaller,
    work: Work,
    store: CurrentStore,
    save: Annotated[bool, Query(description="Have browsers save it, under the title, rather than play it.")] = False,  # noqa: FBT002 - a query parameter
) -> Response:
    """Go to one form of the content, for an hour and by ranges too; one that has expired is made again, once asked."""
    url = await Renditions(work, store, caller).url(result_id, name, to_save=save)
    if url is None:
        headers = {"Retry-After": str(LOOK_AGAIN_SECONDS)}
        return JSONResponse(RenditionAwaited(name=name).model_dump(), status.HTTP_202_ACCEPTED, headers)
    return RedirectResponse(url)


@router.post(
    "/{result_id}/retry",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotFound, NotFailed, SourceGone, *REFUSALS, *CONTRIBUTING),
)
async def retry_result(
    result_id: UUID, caller: Contributor, work: Work, store: CurrentStore, offer: CurrentOffer
) -> None:
    """Try again what failed, from the stage that failed."""
    await service.retry(work, store, offer, caller, result_id)


@router.post(
    "/{result_id}/transcribe",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotFound, NotTranscribable, SourceGone, *REFUSALS, *CONTRIBUTING),
)
async def transcribe_result(  # noqa: PLR0913, PLR0917 - FastAPI hands each in by its name
    result_id: UUID, wish: TranscribeWish, caller: Contributor, work: Work, store: CurrentStore, offer: CurrentOffer
) -> None:
    """Make another transcript beside those that are there: by another engine or model, or in another language."""
    await service.transcribe(work, store, offer, caller, result_id, wish)


@router.delete("/{result_id}", status_code=status.HTTP_202_ACCEPTED, responses=problems(NotFound))
async def delete_result(result_id: UUID, caller: CurrentCaller, work: Work) -> None:
    """Delete a result: it is hidden at once, its files are gone soon after."""
    await service.delete(work, caller, result_id)
