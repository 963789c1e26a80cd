"""Reading what lies behind a result: for machines that look after the service, and nobody else."""

from uuid import UUID

from server.auth.principal import Principal
from server.media.models import Media
from server.media.repository import MediaRepository
from server.preprocessing import requests
from server.preprocessing.addresses import written
from server.preprocessing.models import PreprocessingRequest
from server.results.internal_schemas import Internal, PreprocessingError, PreprocessingShown
from server.unit_of_work import UnitOfWork
from server.users.kinds import UserKind


async def internal_of(work: UnitOfWork, viewer: Principal, media_id: UUID) -> Internal | None:
    """Return where the objects of an item lie, and what another service was asked; None unless the viewer may know."""
    if viewer.kind is not UserKind.MACHINE or not viewer.sees_all:
        return None
    media = await work.session.get_one(Media, media_id)
    request = await requests.newest(work, media_id)
    return Internal(
        source=written(media.source),
        renditions={found.name: written(found.address) for found in await MediaRepository(work).renditions(media_id)},
        preprocessing=_shown(request) if request is not None else None,
    )


def _shown(request: PreprocessingRequest) -> PreprocessingShown:
    code, message = request.error_code, request.error_message
    return PreprocessingShown(
        request_id=request.id,
        status=request.status,
        s3_key_short=written(request.short),
        s3_key_for_inference=written(request.inference),
        sent_at=request.sent_at,
        answered_at=request.answered_at,
        error=PreprocessingError(code=code, message=message or "") if code else None,
    )
