"""Forgetting a person, with all that is theirs, once the time in which they could come back is over."""

from contextlib import suppress
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import delete, exists, func, or_, select, update

from server.audit.models import NAMING_ADDRESSES, Action, AuditEntry
from server.audit.service import note
from server.auth.models import ApiKey
from server.auth.principal import Principal
from server.documents.models import Document
from server.exports.models import Export
from server.idempotency.models import IdempotencyRecord
from server.invites.models import InviteUse
from server.mails.models import Mail
from server.media.models import Media
from server.media.repository import MediaRepository
from server.media.state import HIDDEN, Status
from server.pipeline.flow import advance
from server.pipeline.tools import Tools
from server.recitals import files
from server.recitals import service as recitals
from server.recitals.models import Recital
from server.recitals.state import RecitalStatus
from server.tasks import service as tasks
from server.tasks.models import Kind, Taken, Task
from server.tasks.queues import Queue
from server.tasks.stage import NotYet, Outcome, Unworkable
from server.unit_of_work import UnitOfWork
from server.uploads import service as uploads
from server.uploads.models import Upload
from server.uploads.problems import UploadClosed
from server.uploads.service import Uploading
from server.uploads.state import UploadStatus
from server.users.models import Agreement, Approval, Identity, Role, User
from server.users.service import hold_address
from server.webhooks import endpoints

LOOK_AGAIN = timedelta(seconds=10)
AT_ONCE = 100
NOW = func.clock_timestamp()


async def forget_person(tools: Tools, taken: Taken) -> Outcome:
    """Remove a person and everything of theirs: who they are at once, then their things, then the row that is left.

    Each look does all of it again, so that it doesn't matter where the last one ended, and nothing that was under way
    meanwhile is overlooked. What comes after the last one is found when the buckets are gone through.
    """
    person_id = taken.subject_id
    async with tools.units.begin() as work:
        await tasks.hold(work.session, taken)
        if not await _cut_off(work, person_id):
            return Outcome()
    await _abort_uploads(tools, person_id)
    await _discard_recitals(tools, person_id)
    await _delete_results(tools, person_id)
    async with tools.units.begin() as work:
        await _check_gone(work, person_id)
    await _remove_objects(tools, person_id)
    return Outcome(partial(_remove_rows, person_id=person_id))


async def keep_leaving(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Leave things as they are: it is tried again when the buckets are gone through."""


async def pick_up_leavers(work: UnitOfWork) -> None:
    """Add the task of everybody whose time is over, unless it is there: one that was given up is begun again."""
    overdue = await work.session.execute(select(User.id).where(User.leaves_at <= NOW))
    for person_id in overdue.scalars().all():
        await tasks.add(work, Kind.LEAVE, person_id, owner_id=person_id, queue=Queue.WORK)


async def _cut_off(work: UnitOfWork, person_id: UUID) -> bool:
    """Take from a person all that makes them one, so that nobody can come as them: whoever does is somebody new.

    It is decided under the lock of their row, as is their staying, which ends when this may begin.

    Returns:
        False when they stay, or are gone already.

    Raises:
        NotYet: their time is not over.
    """
    email = await work.session.scalar(select(User.email).where(User.id == person_id))
    if email is not None:
        await hold_address(work, email)  # before the row is locked, as by those who come or are given a role
    left = (User.leaves_at - NOW).label("left")
    query = select(left).where(User.id == person_id, User.leaves_at.is_not(None)).with_for_update()
    leaver = (await work.session.execute(query)).one_or_none()
    if leaver is None:
        return False
    if leaver.left > timedelta():
        raise NotYet("they may still come back", leaver.left)
    await _strip(work, person_id)
    await _forget_exports(work, person_id)
    await endpoints.forget_owner(work, person_id)
    await _clear_log(work, person_id)
    if email is not None:
        await _forget_address(work, email)
    return True


async def _strip(work: UnitOfWork, person_id: UUID) -> None:
    nothing = dict.fromkeys(
        ("email", "name", "language", "birth_year", "sex", "mail_refused_at", "mail_refused_reason")
    )
    bare = update(User).where(User.id == person_id)
    await work.session.execute(bare.values(nothing | {"role": Role.NONE, "session_version": User.session_version + 1}))
    for column in (Identity.user_id, Agreement.user_id, InviteUse.user_id, ApiKey.owner_id, Mail.user_id):
        await work.session.execute(delete(column.class_).where(column == person_id))


async def _forget_exports(work: UnitOfWork, person_id: UUID) -> None:
    """End those that are being put together; the files go with everything that lies under the person's id."""
    theirs = (await work.session.execute(select(Export.id).where(Export.owner_id == person_id))).scalars().all()
    for export_id in theirs:
        await tasks.withdraw(work.session, export_id)  # before the row is locked: tasks come first, as in the runner
    await work.session.execute(delete(Export).where(Export.id.in_(theirs)))


async def _forget_address(work: UnitOfWork, email: str) -> None:
    await work.session.execute(delete(Approval).where(Approval.email == func.lower(email)))
    await work.session.execute(delete(Mail).where(func.lower(Mail.address) == func.lower(email)))
    address = AuditEntry.details["email"].astext
    named = AuditEntry.action.in_(NAMING_ADDRESSES) & (func.lower(address) == func.lower(email))
    await work.session.execute(update(AuditEntry).where(named).values(details=AuditEntry.details.op("-")("email")))


async def _clear_log(work: UnitOfWork, person_id: UUID) -> None:
    """Leave of the audit log what was done, and the ids."""
    of_them = or_(AuditEntry.actor_id == person_id, AuditEntry.subject_id == person_id)
    await work.session.execute(update(AuditEntry).where(of_them, AuditEntry.details != {}).values(details={}))


async def _abort_uploads(tools: Tools, person_id: UUID) -> None:
    uploading = Uploading(tools.store, tools.transfers, tools.settings, tools.offer)
    owner = Principal(person_id, sees_all=False)
    async with tools.units.begin() as work:
        pending = select(Upload.id).where(Upload.owner_id == person_id, Upload.status == UploadStatus.PENDING)
        upload_ids = (await work.session.execute(pending)).scalars().all()
    for upload_id in upload_ids:
        async with tools.units.begin() as work:
            with suppress(UploadClosed):  # it was taken in just now, and is an item
                await uploads.abort(work, uploading, owner, upload_id)


async def _discard_recitals(tools: Tools, person_id: UUID) -> None:
    """Have nothing more made of what was read, and what was made of it deleted."""
    kept = select(Recital.id).where(Recital.owner_id == person_id, Recital.status != RecitalStatus.DISCARDED)
    while True:
        async with tools.units.begin() as work:
            page = (await work.session.execute(kept.limit(AT_ONCE))).scalars().all()
        if not page:
            return
        for recital_id in page:
            async with tools.units.begin() as work:
                await recitals.discard(work, recital_id, *recitals.DISAVOWED)


async def _delete_results(tools: Tools, person_id: UUID) -> None:
    """Have every item deleted, as its owner would; an erasure that was given up is picked up as any other."""
    kept = select(Media.id).where(Media.owner_id == person_id, Media.status.not_in(HIDDEN)).order_by(Media.id)
    while True:
        async with tools.units.begin() as work:
            page = (await work.session.execute(kept.limit(AT_ONCE))).scalars().all()
            for media_id in page:
                await _delete_result(work, media_id)
        if not page:
            return


async def _delete_result(work: UnitOfWork, media_id: UUID) -> None:
    await tasks.withdraw(work.session, media_id)  # before the item is locked: tasks come first, as in the runner
    media = await MediaRepository(work).get_for_change(media_id)
    if media.status not in HIDDEN:
        media.become(Status.DELETING)
        await work.session.flush()
        await advance(work, media)


async def _check_gone(work: UnitOfWork, person_id: UUID) -> None:
    media_left = exists().where(Media.owner_id == person_id, Media.status != Status.GONE)
    uploads_left = exists().where(Upload.owner_id == person_id, Upload.status == UploadStatus.PENDING)
    recitals_left = exists().where(Recital.owner_id == person_id, Recital.status != RecitalStatus.DISCARDED)
    if await work.session.scalar(select(media_left | uploads_left | recitals_left)):
        raise NotYet("what is theirs is being removed", LOOK_AGAIN)


async def _remove_objects(tools: Tools, person_id: UUID) -> None:
    aws, prefix = tools.settings.aws, f"{person_id}/"
    for bucket in (aws.raw_bucket, aws.processed_bucket, aws.content_bucket):
        async for page in tools.transfers.multiparts(bucket, prefix):
            for multipart in page:
                await tools.transfers.abort_multipart(multipart.address, multipart.id)
        await tools.store.delete_under(bucket, prefix)
    async with tools.units.begin() as work:
        read = (await work.session.execute(select(Recital.id).where(Recital.owner_id == person_id))).scalars().all()
    for recital_id in read:
        await tools.store.delete_under(aws.content_bucket, files.prefix(recital_id))


async def _remove_rows(work: UnitOfWork, person_id: UUID) -> None:
    """Remove what is left, this task included, unless something came meanwhile.

    Raises:
        NotYet: something did, and has to go first.
    """
    # Tasks come first, as in the runner; whoever holds one finds the fence closed.
    await work.session.execute(delete(Task).where(Task.owner_id == person_id))
    # From here on, nothing can be added that is theirs.
    await work.session.execute(select(User.id).where(User.id == person_id).with_for_update())
    await _check_gone(work, person_id)
    # What others have read of their documents stays; it no longer says of which.
    owned = (Upload, Recital, Media, Document, IdempotencyRecord)
    for column in (*(model.owner_id for model in owned), User.id):
        await work.session.execute(delete(column.class_).where(column == person_id))
    await _clear_log(work, person_id)
    note(work, Action.LEFT, subject_id=person_id)
