"""An item's text as a file that stays: its newest whole transcript as JSON, in the bucket of content.

The key is the same for every attempt. Whoever changes the text has it stored by `outgoing.store_text`, which an attempt
that is under way learns of before it ends; an attempt that has come too late has it stored again.
"""

import asyncio
import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from uuid import UUID

from sqlalchemy import select

from server.aws.store import Address
from server.configuration.services import Aws
from server.media.models import Media
from server.media.state import HIDDEN
from server.pipeline import outgoing
from server.pipeline.tools import Tools
from server.tasks import service as tasks
from server.tasks.models import Taken
from server.tasks.stage import Outcome, Unworkable
from server.transcription.engines.base import Segment
from server.transcription.formats import FORMATS, Transcription
from server.transcription.formats.json_object import write_json
from server.transcription.models import Transcript
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork

UUIDS = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
KEY = re.compile(rf"{UUIDS}/\d{{4}}-\d\d-\d\d/text/({UUIDS})\.json")


def text_key(owner_id: UUID, created_at: datetime, media_id: UUID) -> str:
    """Return the key of an item's text: by its owner, and the day on which it came."""
    return f"{owner_id}/{created_at.astimezone(UTC).date()}/text/{media_id}.json"


def text_address(aws: Aws, media: Media) -> Address:
    """Return where an item's text lies."""
    return Address(aws.content_bucket, text_key(media.owner_id, media.created_at, media.id))


def item_of(key: str) -> UUID | None:
    """Return the item that a key of the bucket of content is the text of, if it is one."""
    found = KEY.fullmatch(key)
    return UUID(found[1]) if found else None


async def store_text(tools: Tools, taken: Taken) -> Outcome:
    """Write the file, as the text is now."""
    async with tools.units.begin() as work:
        media = await work.session.get(Media, taken.subject_id)
        transcript = await _newest(work, taken.subject_id)
        if media is None or media.status in HIDDEN or transcript is None:
            return Outcome()
        segments = await TranscriptRepository(work).spoken(transcript.id)
    content = await asyncio.to_thread(write_text, media, transcript, segments)
    async with tools.units.begin() as work:
        await tasks.hold(work.session, taken)  # a last look, before anything can be overwritten
    body, digest = BytesIO(content), hashlib.sha256(content).hexdigest()
    address = text_address(tools.settings.aws, media)
    await tools.store.put_checked(address, body, FORMATS["json"].media_type, sha256=digest)
    return Outcome(partial(_look_again, taken=taken), discard=partial(_mend, tools, media))


async def leave_unstored(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Leave things as they are: the text itself is where it was."""


def write_text(media: Media, transcript: Transcript, segments: Sequence[Segment]) -> bytes:
    """Write what the file holds: whose text it is, who made it, and then what `write_json` says."""
    about = {
        "id": str(media.id),
        "owner": str(media.owner_id),
        "created": media.created_at.astimezone(UTC).isoformat(),
        "engine": transcript.engine,
        "model": transcript.model,
        "version": transcript.version,
    }
    text = Transcription(transcript.language, media.duration_ms or 0, segments, media.title)
    return "".join(write_json(text, about)).encode()


async def _newest(work: UnitOfWork, media_id: UUID) -> Transcript | None:
    """Return the newest whole transcript, as it is before its segments are read: then it is never the newer one."""
    query = select(Transcript).where(Transcript.media_id == media_id, Transcript.finished_at.is_not(None))
    return (await work.session.execute(query.order_by(Transcript.id.desc()).limit(1))).scalar_one_or_none()


async def _look_again(work: UnitOfWork, taken: Taken) -> None:
    if await tasks.was_hastened(work.session, taken):
        await outgoing.store_text(work, taken.subject_id, taken.owner_id)


async def _mend(tools: Tools, media: Media) -> None:
    """Put right what was written without leave: the item is gone by now, or another attempt wrote something newer."""
    async with tools.units.begin() as work:
        current = await work.session.get(Media, media.id)
        is_wanted = current is not None and current.status not in HIDDEN
        if is_wanted:
            await outgoing.store_text(work, media.id, media.owner_id)
    if not is_wanted:
        await tools.store.delete([text_address(tools.settings.aws, media)])
