"""Having another service prepare a recording: it is asked by the queue, let go, and gone on with once it has answered.

No worker waits: what ends the waiting is the answer, and where none comes, the time at which it is given up.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NoReturn
from uuid import UUID

from server.aws.store import Address, StoredObject
from server.ffmpeg.forms import FORMS
from server.media.models import Media, Rendition
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline.endings import fail_media
from server.pipeline.flow import advance, await_answer
from server.pipeline.tools import Tools
from server.preprocessing import requests
from server.preprocessing.kinds import Status as Answered
from server.preprocessing.models import PreprocessingRequest
from server.tasks import service as tasks
from server.tasks.models import Taken
from server.tasks.stage import NotYet, Outcome, Unworkable
from server.unit_of_work import UnitOfWork

CALLBACK = "/api/v1/audio-files/webhooks/preprocessing-result"
"""Where answers come in, below `PUBLIC_URL`."""
NAMES = ("short", "inference")
"""What another service makes of every recording."""


async def ask(work: UnitOfWork, tools: Tools, media: Media) -> None:
    """Have another service asked about an item once this is committed."""
    await requests.ask(work, media, tools.settings.aws.processed_bucket)
    await await_answer(work, media)


async def preprocess(tools: Tools, taken: Taken) -> Outcome:
    """Ask for what is missing of an item, wait for the answer, and go on to transcribe."""
    async with tools.units.begin() as work:
        media = await MediaRepository(work).get(taken.subject_id)
        request = await requests.newest(work, media.id)
    if media.status is not Status.TRANSCODING or request is None:
        return Outcome()
    match request.status:
        case Answered.ASKED:
            await _wait(tools, taken, media, request)
        case Answered.FAILED:
            raise Unworkable(
                "preprocessing_failed",
                f"The service that prepares recordings could not: {request.error_message} Try again.",
            )
    prepared = Prepared(tools, media.id, await _made(tools, request))
    return Outcome(prepared.write, prepared.remove_replaced)


async def fail_preprocessing(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Write down why it failed; an answer that comes later changes nothing."""
    await requests.give_up(work, taken.subject_id, reason.code, reason.reason)
    await fail_media(work, taken, reason)


@dataclass
class Prepared:
    """The files that another service made of an item, on their way to be its renditions."""

    tools: Tools
    media_id: UUID
    made: list[Rendition]
    replaced: list[Address] = field(default_factory=list)

    async def write(self, work: UnitOfWork) -> None:
        """Write down that the item has these renditions now, and go on."""
        media = await MediaRepository(work).get_for_change(self.media_id)
        self.replaced = await MediaRepository(work).replace_renditions(media.id, self.made)
        media.become(Status.TRANSCRIBING)
        await advance(work, media)

    async def remove_replaced(self) -> None:
        """Remove the objects of the renditions that were there before."""
        await self.tools.store.delete(self.replaced)


async def _wait(tools: Tools, taken: Taken, media: Media, request: PreprocessingRequest) -> NoReturn:
    """Send the message, if that has not been done, and let go.

    Raises:
        NotYet: there is time left.
        Unworkable: there is none.
    """
    sent_at = request.sent_at or await _send(tools, taken, media, request)
    left = sent_at + timedelta(minutes=tools.settings.preprocessing.give_up_minutes) - datetime.now(UTC)
    if left > timedelta():
        raise NotYet("another service prepares the recording", left)
    raise Unworkable("preprocessing_timeout", "The service that prepares recordings did not answer in time. Try again.")


async def _send(tools: Tools, taken: Taken, media: Media, request: PreprocessingRequest) -> datetime:
    """Send the message; a worker that dies before it has written that down sends the same again."""
    queue_url = tools.settings.aws.preprocessing_queue_url
    if queue_url is None:
        raise LookupError("PREPROCESSING_QUEUE_URL names no queue any more")
    message = requests.message(request, media, tools.settings.service.public_url.rstrip("/") + CALLBACK)
    await tools.store.clients.sqs.send_message(QueueUrl=queue_url, MessageBody=message.model_dump_json())
    async with tools.units.begin() as work:
        await tasks.hold(work.session, taken)
        return await requests.note_sent(work, request.id)


async def _made(tools: Tools, request: PreprocessingRequest) -> list[Rendition]:
    found = await asyncio.gather(*(tools.store.head(address) for address in (request.short, request.inference)))
    return [_rendition(request.media_id, name, stored) for name, stored in zip(NAMES, found, strict=True)]


def _rendition(media_id: UUID, name: str, stored: StoredObject | None) -> Rendition:
    if stored is None:
        raise Unworkable(
            "preprocessing_incomplete",
            "The service that prepares recordings says it is done, but a file is missing. Try again.",
        )
    address = stored.address
    return Rendition(
        media_id=media_id,
        name=name,
        bucket=address.bucket,
        key=address.key,
        content_type=FORMS[address.key.rpartition(".")[2]].media_type,
        size=stored.size,
    )
