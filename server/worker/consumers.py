"""From messages to services: one function for each queue."""

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.pipeline.amazon import take_note
from server.tallies import service as tallies
from server.tallies.measures import MESSAGE_AGE_SECONDS
from server.transcription import events as job_events
from server.unit_of_work import Units
from server.uploads import events, service

log = structlog.get_logger(__name__)


async def take_in_s3_event(units: Units, body: str, age: float) -> None:
    """Confirm every upload that an S3 event, `age` seconds old, speaks of.

    Raises:
        NotUnderstood: the body is no S3 event; it belongs to the dead letters.
    """
    addresses = events.read(body)
    async with units.begin() as work:
        await service.confirm_all(work, addresses)
        await tallies.add(work, *MESSAGE_AGE_SECONDS.observe(age, queue="uploads"))


async def take_in_job_event(units: Units, body: str, age: float) -> None:
    """Have the result collected of the Transcribe job that an event speaks of; those of others are none of ours.

    Raises:
        NotUnderstood: the body is no such event; it belongs to the dead letters.
    """
    ended = job_events.read(body)
    async with units.begin() as work:
        if not await take_note(work, ended.name):
            log.info("nothing waits for this job", job=ended.name)
        await tallies.add(work, *MESSAGE_AGE_SECONDS.observe(age, queue="transcribe-events"))


async def database_answers(units: Units) -> bool:
    """Say whether what is received now could be written down."""
    try:
        async with units.begin() as work:
            await work.session.execute(text("SELECT 1"))
    except (OSError, TimeoutError, DBAPIError):
        return False
    return True
