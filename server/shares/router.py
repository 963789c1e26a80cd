"""Shares over HTTP: made by whoever has the result, followed by whoever has the link."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response, status

from server.auth.conditions import CONTRIBUTING, Contributor
from server.auth.dependencies import CurrentCaller, CurrentGate
from server.auth.problems import Unauthenticated
from server.aws.attachment import attachment
from server.aws.store import Store, get_store
from server.db.cursors import BadCursor
from server.limits.counting import count_refusal
from server.media.file_names import file_name
from server.problems import NotFound, problems
from server.shares import service
from server.shares.schemas import SharedResult, ShareMade, SharePage, ShareSecret, ShareWish
from server.shares.service import NoSuchShare, NothingToShare, TooManyShares
from server.transcription.formats import FORMATS, Extension
from server.unit_of_work import Work

router = APIRouter(prefix="/results/{result_id}/shares", tags=["shares"], responses=problems(Unauthenticated, NotFound))


async def count_guesses(request: Request) -> AsyncIterator[None]:
    """Count a link that doesn't hold as any refused credential, by where it comes from.

    Raises:
        TooManyRequests: there are too many.
    """
    try:
        yield
    except NoSuchShare:
        await count_refusal(request.scope)
        raise


public = APIRouter(
    prefix="/shared",
    tags=["shares"],
    dependencies=[Depends(count_guesses, scope="function")],
    responses=problems(NoSuchShare),
)


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(NothingToShare, TooManyShares, *CONTRIBUTING))
async def share_result(
    result_id: UUID, wish: ShareWish, caller: Contributor, work: Work, gate: CurrentGate
) -> ShareMade:
    """Make a link by which anybody reads a result, and hears it if you like; it is told this once."""
    return await service.make(work, caller, gate.origin, result_id, wish)


@router.get("", responses=problems(BadCursor))
async def list_shares(
    result_id: UUID,
    caller: CurrentCaller,
    work: Work,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> SharePage:
    """List the links of a result, newest first, those that have ended among them."""
    return await service.page(work, caller, result_id, limit, cursor)


@router.delete("/{share_id}", status_code=status.HTTP_204_NO_CONTENT)
async def revoke_share(result_id: UUID, share_id: UUID, caller: CurrentCaller, work: Work) -> None:
    """End a link at once."""
    await service.revoke(work, caller, result_id, share_id)


@public.post("/look")
async def look_at_shared_result(
    wish: ShareSecret, work: Work, store: Annotated[Store, Depends(get_store)]
) -> SharedResult:
    """Show, without a sign-in, what a link gives."""
    return await service.look(work, store, wish.secret)


@public.post("/transcript.{extension}", response_class=Response)
async def download_shared_transcript(extension: Extension, wish: ShareSecret, work: Work) -> Response:
    """Download, without a sign-in, the text that a link gives, in one of the formats."""
    transcription = await service.transcription(work, wish.secret)
    form = FORMATS[extension]
    content = await asyncio.to_thread(b"".join, form.write(transcription))
    headers = {"Content-Disposition": attachment(file_name(transcription.title, extension))}
    return Response(content, media_type=form.media_type, headers=headers)
