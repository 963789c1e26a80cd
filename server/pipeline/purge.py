"""Removing what a discarded recital held: its objects first, then what was measured and said."""

from functools import partial

from sqlalchemy import delete

from server.pipeline.tools import Tools
from server.recitals import files
from server.recitals.models import AudioSlice, TextSegment
from server.recitals.repository import RecitalRepository
from server.recitals.slices import prefix
from server.recitals.state import RecitalStatus
from server.tasks.models import Taken
from server.tasks.stage import Outcome, Unworkable
from server.unit_of_work import UnitOfWork


async def purge(tools: Tools, taken: Taken) -> Outcome:
    """Remove the slices and the files of a recital that was discarded; of its rows, the recital's own stays.

    What a late worker still writes it removes by itself, when its fence is closed; so does who brings a late slice.
    """
    async with tools.units.begin() as work:
        recital = await RecitalRepository(work).get(taken.subject_id)
    if recital.status is not RecitalStatus.DISCARDED:
        return Outcome()
    aws = tools.settings.aws
    await tools.store.delete_under(aws.raw_bucket, prefix(recital.owner_id, recital.id))
    await tools.store.delete_under(aws.content_bucket, files.prefix(recital.id))
    return Outcome(partial(_forget, taken=taken))


async def keep_discarded(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Leave things as they are: it is tried again when the buckets are gone through."""


async def _forget(work: UnitOfWork, taken: Taken) -> None:
    recital = await RecitalRepository(work).get_for_change(taken.subject_id)
    recital.quality, recital.flags, recital.gaps = None, [], []
    for part in (AudioSlice, TextSegment):
        await work.session.execute(delete(part).where(part.recital_id == recital.id))
