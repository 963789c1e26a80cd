"""Upload sessions over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response, status

from server.auth.conditions import CONTRIBUTING, Contributor
from server.auth.dependencies import CurrentCaller
from server.auth.problems import Unauthenticated
from server.aws.store import Store, get_store
from server.aws.transfers import Transfers, get_transfers
from server.idempotency.service import IdempotencyKey, Keyed, KeyReused, once
from server.problems import NotFound, problems
from server.transcription.offer import REFUSALS, CurrentOffer
from server.unit_of_work import Work
from server.uploads import multipart, service
from server.uploads.accepted import TooLarge, TypeNotAccepted
from server.uploads.problems import NoSuchPart, UploadClosed, UploadIncomplete, WrongMethod
from server.uploads.quotas import QuotaExceeded
from server.uploads.schemas import PartsWish, SignedParts, StoredParts, UploadSession, UploadState, UploadWish
from server.webhooks.problems import TargetRefused

router = APIRouter(prefix="/uploads", tags=["uploads"], responses=problems(Unauthenticated))


def get_uploading(
    request: Request,
    store: Annotated[Store, Depends(get_store)],
    transfers: Annotated[Transfers, Depends(get_transfers)],
    offer: CurrentOffer,
) -> service.Uploading:
    """Gather what upload sessions need from outside."""
    return service.Uploading(store, transfers, request.app.state.settings, offer)


Uploading = Annotated[service.Uploading, Depends(get_uploading)]


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(TypeNotAccepted, TooLarge, *REFUSALS, TargetRefused, KeyReused, QuotaExceeded, *CONTRIBUTING),
)
async def begin_upload(  # noqa: PLR0913, PLR0917 - FastAPI hands each in by its name
    wish: UploadWish,
    caller: Contributor,
    work: Work,
    uploading: Uploading,
    response: Response,
    key: IdempotencyKey = None,
) -> UploadSession:
    """Begin an upload: where to send the bytes, and until when."""
    keyed = Keyed(caller.user_id, key, wish)
    session = await once(work, keyed, UploadSession, lambda: service.begin(work, uploading, caller, wish))
    response.headers["Location"] = f"/api/v1/uploads/{session.id}"
    return session


@router.get("/{upload_id}", responses=problems(NotFound))
async def show_upload(upload_id: UUID, caller: CurrentCaller, work: Work) -> UploadState:
    """Show how an upload stands."""
    return UploadState.of(await service.show(work, caller, upload_id))


@router.post("/{upload_id}/sign", responses=problems(NotFound, UploadClosed))
async def sign_upload_again(upload_id: UUID, caller: CurrentCaller, work: Work, uploading: Uploading) -> UploadSession:
    """Give a pending upload new addresses, because the old ones have run out."""
    return await service.sign_again(work, uploading, caller, upload_id)


@router.post("/{upload_id}/parts", responses=problems(NotFound, UploadClosed, WrongMethod, NoSuchPart))
async def sign_upload_parts(
    upload_id: UUID, wish: PartsWish, caller: CurrentCaller, work: Work, uploading: Uploading
) -> SignedParts:
    """Sign the addresses that parts are PUT to."""
    upload = await service.open_upload(work, caller, upload_id)
    service.extend(upload, uploading)
    parts = await multipart.sign_parts(uploading.transfers, upload, wish.part_numbers, uploading.seconds)
    return SignedParts(parts=parts, expires_at=upload.expires_at)


@router.get("/{upload_id}/parts", responses=problems(NotFound, WrongMethod))
async def list_upload_parts(upload_id: UUID, caller: CurrentCaller, work: Work, uploading: Uploading) -> StoredParts:
    """List the parts that have arrived, so that an interrupted upload can go on."""
    upload = await service.show(work, caller, upload_id)
    parts = await multipart.stored_parts(uploading.transfers, upload)
    return StoredParts(parts=parts, part_size=multipart.part_size(upload.size))


@router.post(
    "/{upload_id}/complete",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotFound, UploadIncomplete, UploadClosed),
)
async def complete_upload(upload_id: UUID, caller: CurrentCaller, work: Work, uploading: Uploading) -> UploadState:
    """Say that all bytes are sent; needed after parts, harmless after a form."""
    return UploadState.of(await service.complete(work, uploading, caller, upload_id))


@router.delete("/{upload_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NotFound, UploadClosed))
async def abort_upload(upload_id: UUID, caller: CurrentCaller, work: Work, uploading: Uploading) -> None:
    """Give an upload up."""
    await service.abort(work, uploading, caller, upload_id)
