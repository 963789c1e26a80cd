"""Telling the programs of callers what has happened: their endpoints, and who asked for it when they uploaded.

What is told is fixed in the transaction in which it becomes true, and is told once however often it is said here.
"""

from sqlalchemy import select

from server.media.models import Media
from server.media.state import Status
from server.recitals.models import Recital
from server.transcription.models import Transcript
from server.unit_of_work import UnitOfWork
from server.uploads.models import Upload
from server.uploads.repository import UploadRepository
from server.webhooks import deliveries, endpoints, events
from server.webhooks.deliveries import Message, Target
from server.webhooks.kinds import Event, Proof


async def tell_of_result(work: UnitOfWork, media: Media) -> None:
    """Tell that a result was completed, once for each text that it gets, or has failed, once for each time it does.

    One that stays completed, because it was transcribed once more in vain, is no news.
    """
    columns = select(Transcript.id, Transcript.language, Transcript.finished_at)
    newest = columns.where(Transcript.media_id == media.id).order_by(Transcript.id.desc()).limit(1)
    text = (await work.session.execute(newest)).one_or_none()
    if media.status is Status.FAILED:
        since = await work.session.scalar(select(Media.updated_at).where(Media.id == media.id))
        which = f"failed {since}"
    elif text is not None and text.finished_at is None:
        return
    else:
        which = f"completed {text.id if text else ''}"
    upload = await UploadRepository(work).of_media(media.id)
    language = text.language if text and text.language else media.language
    told = events.of_result(media, language=language, upload_id=upload.id if upload else None)
    await _tell(work, Message(told["type"], told, media.id), f"{media.id} {which}", owner=media, upload=upload)


async def tell_of_recital(work: UnitOfWork, recital: Recital) -> None:
    """Tell that a recital is published."""
    told = events.payload(
        Event.RECITAL_UPLOADED,
        id=str(recital.id),
        title=recital.title,
        status=recital.status.value,
        language=recital.language,
        duration_ms=recital.duration_ms,
        result_id=str(recital.media_id) if recital.media_id else None,
    )
    await _tell(work, Message(told["type"], told, recital.id), f"{recital.id} {recital.status}", owner=recital)


async def tell_of_upload(work: UnitOfWork, upload: Upload) -> None:
    """Tell that nothing becomes of an upload: it was refused, or the bytes never came."""
    told = events.payload(
        Event.UPLOAD_REJECTED,
        id=str(upload.id),
        title=upload.title,
        status=upload.status.value,
        kind=upload.kind.value,
        error=events.error(upload.error_code, upload.error_message),
    )
    message = Message(told["type"], told, upload.id)
    await _tell(work, message, f"{upload.id} {upload.status}", owner=upload, upload=upload)


async def _tell(
    work: UnitOfWork, message: Message, what: str, *, owner: Media | Recital | Upload, upload: Upload | None = None
) -> None:
    """Tell each of the owner's endpoints that wishes for it, and the upload's callback, `what` being told once."""
    owner_id = owner.owner_id
    for endpoint in await endpoints.wishing(work, owner_id, message.event):
        target = Target.of(endpoint)
        await deliveries.send(work, target, message, owner_id=owner_id, dedupe=f"{endpoint.id} {what}")
    if upload is not None and upload.callback_url is not None and upload.callback_transport is not None:
        target = Target(upload.callback_url, upload.callback_transport, Proof.CALLBACK)
        await deliveries.send(work, target, message, owner_id=owner_id, dedupe=f"callback {upload.id} {what}")
