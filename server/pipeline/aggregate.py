"""From the slices of a recital that has ended to one recording, which goes the way of every other from there."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from uuid_utils.compat import uuid7

from server.aws.store import ObjectMissing, StoredObject
from server.ffmpeg.allowance import copying
from server.ffmpeg.failures import FfmpegFailure
from server.ffmpeg.joining import Joined, Joining
from server.ffmpeg.pieces import Assembly
from server.media.kinds import MediaKind, Origin
from server.media.models import Media, Rendition
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline.content import Content
from server.pipeline.flow import advance, aggregate_again
from server.pipeline.tools import Tools
from server.recitals import service as recitals
from server.recitals import vtt
from server.recitals.files import TYPES, File
from server.recitals.models import AudioSlice, Recital
from server.recitals.news import announce
from server.recitals.repository import RecitalRepository
from server.recitals.segments import Stretch, stretches
from server.recitals.state import RecitalStatus
from server.search import service as search
from server.tasks import service as tasks
from server.tasks.models import Taken
from server.tasks.stage import Failed, Outcome
from server.unit_of_work import UnitOfWork

AT_ONCE = 8
"""Slices that are fetched side by side."""
COPIES = 5
"""Of all slices: as they came, put together, settled, and in the two files that are made of them."""
SLACK = 64 * 1024**2
MOST_NAMED = 1_000
"""Missing slices that are named."""
TRANSCRIPT = f"{File.TRANSCRIPT}.vtt"

NO_SOUND = ("no_sound", "Nothing was recorded. Check the microphone, and read it again.")
NO_TEXT = ("no_text", "No sentence of it was read to its end.")
NOTHING_KEPT = ("nothing_kept", "Every sentence of it was taken back.")
UNREADABLE = ("unreadable", "Nothing that was recorded can be read. Record it again, perhaps with another browser.")


@dataclass(frozen=True, slots=True)
class Session:
    """What has come of a recital that has ended."""

    recital: Recital
    slices: Sequence[AudioSlice]
    missing: Sequence[int]
    read: Sequence[Stretch]

    @classmethod
    async def load(cls, work: UnitOfWork, taken: Taken) -> "Session | None":
        """Load the one that a task is about; None when it is past this stage."""
        found = RecitalRepository(work)
        recital = await found.get(taken.subject_id)
        if recital.status is not RecitalStatus.ENDED:
            return None
        missing = await found.missing(recital.id, recital.last_sequence or 0, MOST_NAMED)
        read = stretches(await found.segments(recital.id), recital.discard_last)
        return cls(recital, await found.slices(recital.id), missing, read)

    async def hold(self, work: UnitOfWork) -> Recital | None:
        """Return the recital as it is now, locked, if this is all of it; when more has come meanwhile, begin anew."""
        recital = await RecitalRepository(work).get_for_change(self.recital.id)
        if recital.status is not RecitalStatus.ENDED:
            return None
        if recital.alive_at != self.recital.alive_at:
            await aggregate_again(work, recital)
            return None
        return recital

    @property
    def size(self) -> int:
        """The bytes of all slices."""
        return sum(slice_.size for slice_ in self.slices)

    @property
    def end_ms(self) -> int:
        """Where the last stretch ends that is kept."""
        return max((stretch.end_ms for stretch in self.read if stretch.is_kept), default=0)

    @property
    def emptiness(self) -> tuple[str, str] | None:
        """Why there is nothing to keep of it, if so: a code and a sentence."""
        if not self.slices:
            return NO_SOUND
        if not self.read:
            return NO_TEXT
        return None if any(stretch.is_kept for stretch in self.read) else NOTHING_KEPT


async def aggregate(tools: Tools, taken: Taken) -> Outcome:
    """Join a recital's slices, write its text with times, and put both where they stay."""
    async with tools.units.begin() as work:
        session = await Session.load(work, taken)
    if session is None:
        return Outcome()
    if reason := session.emptiness:
        return Outcome(partial(_discard, session=session, reason=reason))
    async with tools.disk.workplace(COPIES * session.size + SLACK) as folder:
        assembly = await fetch(tools, session.slices, folder)
        joined = await join(tools, assembly, session, folder)
        if joined is None:
            return Outcome(partial(_discard, session=session, reason=UNREADABLE))
        aggregated = Aggregated(tools, taken, session, joined, _gaps(session, assembly, joined))
        main = await aggregated.put(folder)
    remove = aggregated.content.remove_if_discarded
    return Outcome(partial(aggregated.write, main=main), after=remove, discard=remove)


async def fetch(tools: Tools, slices: Sequence[AudioSlice], folder: Path) -> Assembly:
    """Fetch slices, a few at a time, and put them together.

    Raises:
        Failed: one is not there, or not what came.
    """
    assembly = Assembly(folder)
    for start in range(0, len(slices), AT_ONCE):
        batch = {slice_: folder / f"{slice_.sequence}.slice" for slice_ in slices[start : start + AT_ONCE]}
        # To their ends, also when one fails: a request that is broken off takes its connection with it.
        fetched = await asyncio.gather(*(_fetch(tools, *one) for one in batch.items()), return_exceptions=True)
        for failure in filter(None, fetched):
            raise failure
        await asyncio.to_thread(assembly.add_all, [(slice_.sequence, path) for slice_, path in batch.items()])
    return assembly


async def _fetch(tools: Tools, slice_: AudioSlice, path: Path) -> None:
    try:
        digest = await tools.store.fetch(slice_.address, path)
    except ObjectMissing:
        raise Failed("slice_lost", f"Slice {slice_.sequence} is not where it was put. It is not your fault.") from None
    if digest != slice_.sha256:
        raise Failed("slice_changed", f"Slice {slice_.sequence} is not what came. It is not your fault.")


async def join(tools: Tools, assembly: Assembly, session: Session, folder: Path) -> Joined | None:
    """Make one recording of what was put together; None when nothing of it can be read.

    Raises:
        FfmpegFailure: the machine is in trouble, which is no fault of the recording.
        Failed: it went wrong in a way that another attempt may not.
    """
    if not assembly.pieces:
        return None
    joining = Joining(tools.ffmpeg, folder, copying(session.size), tools.settings.work.stall_seconds)
    try:
        return await joining.join(assembly.pieces, max(1, session.end_ms))
    except FfmpegFailure as failure:
        if failure.final:
            return None
        raise Failed(failure.code, str(failure)) from failure


@dataclass(frozen=True, slots=True)
class Aggregated:
    """The files of a recital, on their way to be published and to be an item."""

    tools: Tools
    taken: Taken
    session: Session
    joined: Joined
    gaps: list[dict[str, int]]

    @property
    def content(self) -> Content:
        """Where the files go."""
        return Content(self.tools, self.session.recital.id)

    async def put(self, folder: Path) -> StoredObject:
        """Put the files where they stay, and describe the one that becomes the item's source."""
        await asyncio.to_thread((folder / TRANSCRIPT).write_text, vtt.write(self.session.read), encoding="utf-8")
        async with self.tools.units.begin() as work:
            await tasks.hold(work.session, self.taken)  # a last look, before anything can be overwritten
        sound = {output.name: output.media_type for output in (self.joined.whole, self.joined.cut)}
        await self.content.put(folder, sound | {TRANSCRIPT: TYPES["vtt"]})
        main = await self.tools.store.head(self.content.address(self.joined.cut.name))
        if main is None:
            raise LookupError("what was put into the bucket of content is not there")
        return main

    async def write(self, work: UnitOfWork, main: StoredObject) -> None:
        """Make the item, unless the recital was discarded, or has more by now."""
        recital = await self.session.hold(work)
        if recital is None:
            return
        media = self._item(recital, main)
        MediaRepository(work).add(media)
        await search.index(work, media.id)
        work.session.add(self._rendition(media))
        recital.become(RecitalStatus.AGGREGATED)
        recital.media_id, recital.gaps = media.id, self.gaps
        recital.duration_ms = min(self.joined.duration_ms, self.session.end_ms)
        recital.error_code = recital.error_message = None
        await work.session.flush()
        announce(work, recital)
        await advance(work, media)

    def _item(self, recital: Recital, main: StoredObject) -> Media:
        return Media(
            id=uuid7(),
            owner_id=recital.owner_id,
            kind=MediaKind.AUDIO,
            origin=Origin.RECITAL,
            title=recital.title,
            language=recital.language,
            content_type=self.joined.cut.media_type,
            source_bucket=main.address.bucket,
            source_key=main.address.key,
            size=main.size,
            etag=main.etag,
            status=Status.RECEIVED,
            progress=0.0,
        )

    @staticmethod
    def _rendition(media: Media) -> Rendition:
        return Rendition(
            media_id=media.id,
            name=File.MAIN.value,
            bucket=media.source_bucket,
            key=media.source_key,
            content_type=media.content_type,
            size=media.size,
        )


def _gaps(session: Session, assembly: Assembly, joined: Joined) -> list[dict[str, int]]:
    """List what is missing: slices that never came or can't be read, then time without sound."""
    sequences = sorted({*session.missing, *assembly.unread, *joined.unread})
    holes = [{"start_ms": hole.start_ms, "end_ms": hole.end_ms} for hole in joined.holes]
    return [*({"sequence": sequence} for sequence in sequences), *holes]


async def _discard(work: UnitOfWork, session: Session, reason: tuple[str, str]) -> None:
    if await session.hold(work):
        await recitals.discard(work, session.recital.id, *reason)
