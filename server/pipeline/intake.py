"""Taking in what was uploaded: look at the bytes, then make the item or reject the upload."""

from datetime import UTC, datetime, timedelta
from functools import partial

from uuid_utils.compat import uuid7

from server.aws.store import StoredObject
from server.ffmpeg.sniff import Container, sniff
from server.images.failures import Polyglot
from server.images.polyglots import check_beginning
from server.media.kinds import MediaKind, Pictures
from server.media.models import Media
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline import hooks
from server.pipeline.flow import advance
from server.pipeline.refusals import not_media
from server.pipeline.tools import Tools
from server.search import service as search
from server.tasks.models import Taken
from server.tasks.stage import EXHAUSTED, Outcome, Unworkable
from server.unit_of_work import UnitOfWork
from server.uploads.accepted import TooLarge, check_size
from server.uploads.models import Upload
from server.uploads.news import announce
from server.uploads.repository import UploadRepository
from server.uploads.state import UploadStatus

SNIFFED_BYTES = 4096

PATIENCE = timedelta(days=1)


async def intake(tools: Tools, taken: Taken) -> Outcome:
    """Decide about one upload by its bytes, not by what was said of them."""
    async with tools.units.begin() as work:
        upload = await UploadRepository(work).get(taken.subject_id)
    if not upload.may_become(UploadStatus.UPLOADED):
        return Outcome()
    stored = await tools.store.head(upload.address)
    if stored is None:
        return Outcome()  # news of bytes that are gone again; when they come back, so does the news
    try:
        container = _check(upload, stored, await tools.store.read_start(upload.address, SNIFFED_BYTES))
        _check_size(tools, container, stored)
    except Unworkable as reason:
        return Outcome(partial(fail_upload, taken=taken, reason=reason), partial(tools.store.delete, [upload.address]))
    return Outcome(partial(_accept, taken=taken, stored=stored, container=container))


async def fail_upload(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Reject the upload with the reason, unless the fault is ours: then it is looked at again once it has run out.

    Only where that hasn't helped for a day, the upload is given up.
    """
    upload = await UploadRepository(work).get_for_change(taken.subject_id)
    if reason.code == EXHAUSTED and datetime.now(UTC) < upload.expires_at + PATIENCE:
        return
    if upload.may_become(UploadStatus.REJECTED):
        upload.reject(reason.code, reason.reason)
        announce(work, upload)
        await hooks.tell_of_upload(work, upload)


def _check_size(tools: Tools, container: Container, stored: StoredObject) -> None:
    """Hold sound that was declared as video, so as to be larger, against the limit of sound."""
    try:
        check_size(tools.settings.uploads, MediaKind(container.kind), stored.size)
    except TooLarge as problem:
        raise Unworkable(problem.code, problem.detail) from problem


def _check(upload: Upload, stored: StoredObject, start: bytes) -> Container:
    if stored.size != upload.size:
        raise Unworkable(
            "size_mismatch",
            f"{stored.size:,} bytes came instead of the {upload.size:,} declared. Upload the file again.",
        )
    container = sniff(start)
    if container is None:
        raise not_media()
    if (container.kind == "image") is not (upload.kind is MediaKind.IMAGE):
        raise Unworkable(
            "content_mismatch",
            f"The file was declared as {upload.content_type} but is {container.media_type}. Upload it as what it is.",
        )
    if container.kind == "image":
        _check_alone(start)
    return container


def _check_alone(start: bytes) -> None:
    """Refuse a picture that begins as something else, too."""
    try:
        check_beginning(start)
    except Polyglot as failure:
        raise Unworkable(failure.code, str(failure)) from failure


async def _accept(work: UnitOfWork, taken: Taken, stored: StoredObject, container: Container) -> None:
    upload = await UploadRepository(work).get_for_change(taken.subject_id)
    if not upload.may_become(UploadStatus.UPLOADED):
        return
    media = Media(
        id=uuid7(),
        owner_id=upload.owner_id,
        kind=MediaKind(container.kind),
        title=upload.title,
        language=upload.language,
        wish=upload.wish,
        content_type=container.media_type,
        source_bucket=upload.bucket,
        source_key=upload.key,
        size=stored.size,
        etag=stored.etag,
        sha256=upload.sha256,
        status=Status.RECEIVED,
        progress=0.0,
        pictures=Pictures.NONE if container.kind == "audio" else Pictures.UNDER_WAY,
    )
    MediaRepository(work).add(media)
    await search.index(work, media.id)
    upload.become(UploadStatus.UPLOADED)
    upload.media_id = media.id
    announce(work, upload)
    await advance(work, media)
