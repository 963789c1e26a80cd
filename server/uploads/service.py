"""The rules of upload sessions."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from server.auth.principal import Principal
from server.aws.store import Address, Store
from server.aws.transfers import Transfers
from server.media.kinds import MediaKind
from server.problems import NotFound
from server.settings import Settings
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.transcription.offer import Offer
from server.unit_of_work import UnitOfWork
from server.uploads import multipart, quotas
from server.uploads.accepted import check_size, kind_of
from server.uploads.models import Upload
from server.uploads.problems import UploadClosed, UploadIncomplete
from server.uploads.repository import UploadRepository
from server.uploads.schemas import Ticket, UploadSession, UploadWish
from server.uploads.state import Method, UploadStatus
from server.webhooks import targets
from server.webhooks.schemas import CallbackWish


@dataclass(frozen=True, slots=True)
class Uploading:
    """What upload sessions need from outside: S3, and the limits."""

    store: Store
    transfers: Transfers
    settings: Settings
    offer: Offer

    @property
    def seconds(self) -> int:
        """How long signed addresses are good."""
        return self.settings.uploads.url_expiration_minutes * 60


async def begin(work: UnitOfWork, uploading: Uploading, caller: Principal, wish: UploadWish) -> UploadSession:
    """Begin an upload: where to send the bytes, and until when.

    Raises:
        TypeNotAccepted: such files are not taken.
        TooLarge: the declared size is over the limit of its kind.
        Problem: no engine may have such a recording; see `Offer.choose`.
        TargetRefused: nothing can be sent where its end is to be told.
        QuotaExceeded: the caller has brought too much lately.
    """
    kind = kind_of(wish.content_type)
    check_size(uploading.settings.uploads, kind, wish.size)
    if kind is not MediaKind.IMAGE:
        uploading.offer.choose(wish.transcription, wish.language)
    if wish.callback is not None:
        _check_callback(uploading.settings, wish.callback)
    await quotas.check(work, uploading.settings.limits, caller, kind, wish.size)
    upload_id = uuid7()
    upload = Upload(
        id=upload_id,
        owner_id=caller.user_id,
        kind=kind,
        filename=wish.filename,
        content_type=wish.content_type,
        size=wish.size,
        sha256=wish.sha256,
        title=wish.title or wish.filename,
        language=wish.language,
        wish=wish.transcription.model_dump(mode="json", exclude_defaults=True),
        callback_url=wish.callback.url if wish.callback else None,
        callback_transport=wish.callback.type if wish.callback else None,
        bucket=uploading.settings.aws.raw_bucket,
        key=f"{caller.user_id}/{upload_id}/source",  # nothing of the client's own making is in a key
        method=Method.MULTIPART if wish.size > multipart.THRESHOLD else Method.POST,
    )
    if upload.method is Method.MULTIPART:
        upload.multipart_id = await uploading.transfers.begin_multipart(upload.address, wish.content_type)
    extend(upload, uploading)
    await UploadRepository(work).add(upload)
    return UploadSession.begun(upload, await _ticket(uploading, upload))


def _check_callback(settings: Settings, wish: CallbackWish) -> None:
    targets.check(wish.url, wish.type, settings.outbound, settings.callbacks)


async def show(work: UnitOfWork, caller: Principal, upload_id: UUID) -> Upload:
    """Return an upload of the caller's.

    Raises:
        NotFound: there is none, or it is another's.
    """
    upload = await UploadRepository(work).visible(caller, upload_id)
    if upload is None:
        raise NotFound("upload")
    return upload


async def sign_again(work: UnitOfWork, uploading: Uploading, caller: Principal, upload_id: UUID) -> UploadSession:
    """Give a pending upload new addresses and a new end.

    Raises:
        NotFound: there is none, or it is another's.
        UploadClosed: it takes nothing more.
    """
    upload = await open_upload(work, caller, upload_id)
    extend(upload, uploading)
    await work.session.flush()
    return UploadSession.begun(upload, await _ticket(uploading, upload))


async def complete(work: UnitOfWork, uploading: Uploading, caller: Principal, upload_id: UUID) -> Upload:
    """Take the client's word that all bytes are sent, and look.

    The same as S3's own news, for stores that send none; saying it again changes nothing.

    Raises:
        NotFound: there is none, or it is another's.
        UploadIncomplete: bytes are missing.
        UploadClosed: it was aborted, or has expired without the bytes.
    """
    upload = await show(work, caller, upload_id)
    if upload.status is UploadStatus.ABORTED:
        raise UploadClosed(upload.status)
    if not upload.may_become(UploadStatus.UPLOADED):
        return upload
    if upload.multipart_id is not None:
        await multipart.join(uploading.transfers, upload)
    stored = await uploading.store.head(upload.address)
    if stored is None:
        raise UploadIncomplete(0, upload.size, []) if upload.is_pending else UploadClosed(upload.status)
    await _take_in(work, upload)
    return upload


async def confirm(work: UnitOfWork, address: Address) -> Upload | None:
    """Take note that bytes have arrived.

    The same news may come by event and by the client's own call, in any order and more than
    once; only the first changes anything.

    Returns:
        The upload, or None when no upload waits for this object.
    """
    upload = await UploadRepository(work).by_address(address)
    if upload is not None and upload.may_become(UploadStatus.UPLOADED):
        await _take_in(work, upload)
    return upload


async def confirm_all(work: UnitOfWork, addresses: Iterable[Address]) -> int:
    """Take note that bytes have arrived at each of these, and say how many are of uploads of ours.

    In one order, whoever tells, so that two who tell of the same at once don't wait for each other.
    """
    ordered = sorted(set(addresses), key=astuple)
    return sum([await confirm(work, address) is not None for address in ordered])


async def abort(work: UnitOfWork, uploading: Uploading, caller: Principal, upload_id: UUID) -> None:
    """Give an upload up and throw away what was sent.

    Raises:
        NotFound: there is none, or it is another's.
        UploadClosed: it was accepted already.
    """
    upload = await show(work, caller, upload_id)
    await tasks.withdraw(work.session, upload.id)  # before the upload is locked: tasks come first, as in the runner
    await work.session.refresh(upload, with_for_update=True)
    if upload.status is UploadStatus.UPLOADED:
        raise UploadClosed(upload.status)
    if not upload.may_become(UploadStatus.ABORTED):
        return
    upload.become(UploadStatus.ABORTED)
    if upload.multipart_id is not None:
        await uploading.transfers.abort_multipart(upload.address, upload.multipart_id)
    await uploading.store.delete([upload.address])


async def open_upload(work: UnitOfWork, caller: Principal, upload_id: UUID) -> Upload:
    """Return a pending upload of the caller's, locked until the transaction ends.

    Raises:
        NotFound: there is none, or it is another's.
        UploadClosed: it takes nothing more.
    """
    upload = await UploadRepository(work).visible(caller, upload_id, for_change=True)
    if upload is None:
        raise NotFound("upload")
    if upload.status is not UploadStatus.PENDING:
        raise UploadClosed(upload.status)
    return upload


async def still_wants(work: UnitOfWork, upload: Upload) -> bool:
    """Say whether the object at an upload's address, found long after it came, is to be kept; take it in if so."""
    if upload.may_become(UploadStatus.UPLOADED):
        await _take_in(work, upload)
        return True
    return False


async def _take_in(work: UnitOfWork, upload: Upload) -> None:
    await tasks.add(work, Kind.INTAKE, upload.id, owner_id=upload.owner_id, queue=Queue.WORK)


def extend(upload: Upload, uploading: Uploading) -> None:
    """Move an upload's end to that of the addresses that are signed now."""
    upload.expires_at = datetime.now(UTC) + timedelta(seconds=uploading.seconds)


async def _ticket(uploading: Uploading, upload: Upload) -> Ticket:
    if upload.method is Method.MULTIPART:
        url = f"/api/v1/uploads/{upload.id}/parts"
        return Ticket(method=upload.method, url=url, headers={}, part_size=multipart.part_size(upload.size))
    form = await uploading.transfers.sign_form(
        upload.address, content_type=upload.content_type, size=upload.size, seconds=uploading.seconds
    )
    return Ticket(method=upload.method, url=form.url, fields=form.fields)
