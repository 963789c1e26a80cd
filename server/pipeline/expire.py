"""Uploads whose address has run out: what came after all is taken in, what did not come is closed."""

from functools import partial

from server.pipeline import hooks
from server.pipeline.tools import Tools
from server.tasks import service as tasks
from server.tasks.models import Kind, Taken
from server.tasks.queues import Queue
from server.tasks.stage import Outcome
from server.unit_of_work import UnitOfWork
from server.uploads import multipart
from server.uploads.models import Upload
from server.uploads.news import announce
from server.uploads.problems import UploadIncomplete
from server.uploads.repository import UploadRepository


async def expire(tools: Tools, taken: Taken) -> Outcome:
    """Look whether the bytes of an overdue upload are there, whatever S3 has told us or not."""
    async with tools.units.begin() as work:
        upload = await UploadRepository(work).get(taken.subject_id)
    if not upload.is_overdue:
        return Outcome()
    await _join(tools, upload)
    if await tools.store.head(upload.address) is not None:
        return Outcome(partial(_take_in, upload=upload))
    return Outcome(partial(_close, taken=taken), partial(_abort, tools, taken))


async def _join(tools: Tools, upload: Upload) -> None:
    """Join parts that are all there: whoever sent them only didn't come to say so."""
    if upload.multipart_id is not None:
        try:
            await multipart.join(tools.transfers, upload)
        except UploadIncomplete:
            return


async def _take_in(work: UnitOfWork, upload: Upload) -> None:
    await tasks.add(work, Kind.INTAKE, upload.id, owner_id=upload.owner_id, queue=Queue.WORK)


async def _close(work: UnitOfWork, taken: Taken) -> None:
    upload = await UploadRepository(work).get_for_change(taken.subject_id)
    if upload.is_overdue:
        upload.expire()
        announce(work, upload)
        await hooks.tell_of_upload(work, upload)


async def _abort(tools: Tools, taken: Taken) -> None:
    """Throw the parts away, unless the upload was extended at the last moment."""
    async with tools.units.begin() as work:
        upload = await UploadRepository(work).get(taken.subject_id)
    if upload.multipart_id is not None and not upload.is_pending:
        await tools.transfers.abort_multipart(upload.address, upload.multipart_id)
