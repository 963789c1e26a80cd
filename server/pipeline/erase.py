"""Removing an item: its objects first, then what is known of it."""

from functools import partial

import structlog
from sqlalchemy import delete

from server.media.models import Rendition
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline.amazon import ROOM
from server.pipeline.store_text import text_address
from server.pipeline.tools import Tools
from server.preprocessing import requests
from server.search import service as search
from server.shares.models import Share
from server.tasks import service as tasks
from server.tasks.models import Taken
from server.tasks.stage import Outcome, Unworkable
from server.transcription.engines.errors import EngineUnavailable
from server.transcription.models import Transcript
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork
from server.webhooks import deliveries

log = structlog.get_logger(__name__)


async def erase(tools: Tools, taken: Taken) -> Outcome:
    """Remove every object of an item that is being deleted, and end its job.

    What a late worker still writes lies under the same prefix or is removed by itself, when its
    fence is closed; what a job still writes is found when the buckets are gone through.
    """
    async with tools.units.begin() as work:
        media = await MediaRepository(work).get(taken.subject_id)
        jobs = await TranscriptRepository(work).jobs_of(media.id)
    if media.status is not Status.DELETING:
        return Outcome()
    await tools.store.delete([media.source, text_address(tools.settings.aws, media)])
    await tools.store.delete_under(tools.settings.aws.processed_bucket, f"{media.owner_id}/{media.id}/")
    for job in jobs:
        await _forget_job(tools, job)
    return Outcome(partial(_forget, taken=taken, places=len(jobs)))


async def _forget_job(tools: Tools, job: str) -> None:
    try:
        await tools.amazon.forget(job)
    except EngineUnavailable as error:  # what is ours is gone all the same; Amazon forgets the job after 90 days
        log.warning("a job was not deleted", job=job, error=str(error))


async def keep_deleting(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Leave the item as it is: hidden, and tried again when the buckets are gone through."""


async def _forget(work: UnitOfWork, taken: Taken, places: int) -> None:
    media = await MediaRepository(work).get_for_change(taken.subject_id)
    media.become(Status.GONE)
    media.title, media.tags, media.notes = "", [], ""
    await work.session.execute(delete(Rendition).where(Rendition.media_id == media.id))
    await work.session.execute(delete(Transcript).where(Transcript.media_id == media.id))
    await requests.forget(work, media.id)
    await search.forget(work, media.id)
    await work.session.execute(delete(Share).where(Share.media_id == media.id))
    await deliveries.forget_about(work, media.id)
    if places:
        await tasks.admit(work, ROOM, places)
