"""From messages to services: one function for each queue."""

from datetime import UTC, datetime

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.aws.queues import Letter
from server.mails import events as mail_events
from server.mails import refusals
from server.pipeline.amazon import take_note
from server.pipeline.prepare import prepare
from server.pipeline.tools import Tools
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


async def take_in_preprocessing(tools: Tools, letter: Letter) -> None:
    """Prepare the recording that a message asks for; see `prepare` for what it raises."""
    age = (datetime.now(UTC) - letter.sent_at).total_seconds()
    await prepare(tools, letter)
    async with tools.units.begin() as work:
        await tallies.add(work, *MESSAGE_AGE_SECONDS.observe(max(0.0, age), queue="preprocessing"))


async def take_in_mail_event(units: Units, body: str, age: float) -> None:
    """Write no more to the addresses that an SES event says refuse mail.

    Raises:
        NotUnderstood: the body is no such event; it belongs to the dead letters.
    """
    refused = mail_events.read(body)
    async with units.begin() as work:
        addresses = await refusals.take_note(work, refused)
        await tallies.add(work, *MESSAGE_AGE_SECONDS.observe(age, queue="mail-events"))
    log.info("mail was refused", reason=refused.reason, message=refused.message_id, for_good=len(addresses))


async def database_answers(units: Units) -> bool:
    """Say whether what is received now could be written down."""
    try:
        async with units.begin() as work:
            await work.session.execute(text("SELECT 1"))
    except (OSError, TimeoutError, DBAPIError):
        return False
    return True
