"""An item's text as a file that stays: its newest whole transcript as JSON, in the bucket of content.

The key is the same for every attempt. Whoever changes the text has it stored by `outgoing.store_text`, which an attempt
that is under way learns of before it ends; an attempt that has come too late has it stored again. A video gets the same
text as captions, too: a rendition like any other, which may expire and is made again.
"""

import asyncio
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

from sqlalchemy import select

from server.aws.store import Address
from server.configuration.services import Aws
from server.media.kinds import MediaKind
from server.media.models import Media
from server.media.news import announce_renditions
from server.media.renditions import CAPTIONS
from server.media.repository import MediaRepository
from server.media.state import HIDDEN
from server.pipeline import outgoing
from server.pipeline.places import Places
from server.pipeline.rendered import Rendered
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
    """Write the file, and of a video the captions, as the text is now."""
    async with tools.units.begin() as work:
        media = await work.session.get(Media, taken.subject_id)
        transcript = await _newest(work, taken.subject_id)
        if media is None or media.status in HIDDEN or transcript is None:
            return Outcome()
        segments = await TranscriptRepository(work).spoken(transcript.id)
        captions = Rendered(await Places.find(work, tools, taken, media), media.id, [])
    content = await asyncio.to_thread(write_text, media, transcript, segments)
    async with tools.units.begin() as work:
        await tasks.hold(work.session, taken)  # a last look, before anything can be overwritten
    body, digest = BytesIO(content), hashlib.sha256(content).hexdigest()
    address = text_address(tools.settings.aws, media)
    await tools.store.put_checked(address, body, FORMATS["json"].media_type, sha256=digest)
    if media.kind is MediaKind.VIDEO:
        track = await asyncio.to_thread(_write_captions, media, transcript, segments)
        await captions.put_small(f"{CAPTIONS}.vtt", track, FORMATS["vtt"].media_type)
    stored = Stored(tools, taken, media, captions)
    return Outcome(stored.write, captions.remove_replaced, stored.discard)


@dataclass(frozen=True, slots=True)
class Stored:
    """What one attempt has written."""

    tools: Tools
    taken: Taken
    media: Media
    captions: Rendered

    async def write(self, work: UnitOfWork) -> None:
        """Write down that a video has these captions now, and have a text stored that has changed meanwhile."""
        if await tasks.was_hastened(work.session, self.taken):
            await outgoing.store_text(work, self.taken.subject_id, self.taken.owner_id)
        if self.captions.made:
            await self._caption(work)

    async def _caption(self, work: UnitOfWork) -> None:
        media = await MediaRepository(work).get_for_change(self.media.id)
        if media.status not in HIDDEN:  # else asked for just when it was deleted: tidying finds what was put
            await self.captions.replace(work)
            announce_renditions(work, media, {CAPTIONS})

    async def discard(self) -> None:
        """Put right what was written without leave: the item is gone, or another attempt wrote something newer."""
        await self.captions.remove()
        async with self.tools.units.begin() as work:
            current = await work.session.get(Media, self.media.id)
            is_wanted = current is not None and current.status not in HIDDEN
            if is_wanted:
                await outgoing.store_text(work, self.media.id, self.media.owner_id)
        if not is_wanted:
            await self.tools.store.delete([text_address(self.tools.settings.aws, self.media)])


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
    return "".join(write_json(_whole(media, transcript, segments), about)).encode()


def _write_captions(media: Media, transcript: Transcript, segments: Sequence[Segment]) -> bytes:
    return b"".join(FORMATS["vtt"].write(_whole(media, transcript, segments)))


def _whole(media: Media, transcript: Transcript, segments: Sequence[Segment]) -> Transcription:
    return Transcription(transcript.language, media.duration_ms or 0, segments, media.title)


async def _newest(work: UnitOfWork, media_id: UUID) -> Transcript | None:
    """Return the newest whole transcript, as it is before its segments are read: then it is never the newer one."""
    query = select(Transcript).where(Transcript.media_id == media_id, Transcript.finished_at.is_not(None))
    return (await work.session.execute(query.order_by(Transcript.id.desc()).limit(1))).scalar_one_or_none()
