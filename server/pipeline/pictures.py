"""What is to be seen of an item, apart from its sound and its text: the renditions of a picture, or of a video.

What is there already stays as it is; asked again, this makes what has expired.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from server.ffmpeg.failures import FfmpegFailure, MachineTrouble, NoPicture
from server.ffmpeg.source import Source
from server.media.kinds import MediaKind, Pictures
from server.media.models import Media
from server.media.news import announce, announce_renditions
from server.media.renditions import OF_PICTURES
from server.media.repository import MediaRepository
from server.media.state import HIDDEN, Status
from server.pipeline.flow import advance
from server.pipeline.image_renditions import disk_for_image, render_image
from server.pipeline.places import Places
from server.pipeline.rendered import Rendered, missing
from server.pipeline.seen import Seen
from server.pipeline.sources import fetch_source
from server.pipeline.tools import Tools
from server.pipeline.video_renditions import disk_for_video, render_video
from server.tasks.models import Taken
from server.tasks.stage import Failed, Outcome, Unworkable
from server.unit_of_work import UnitOfWork

Render = Callable[[Tools, Media, Source, set[str]], Awaitable[Seen]]
"""Makes those of the renditions that are named, in the folder of the source."""
NeededDisk = Callable[[Tools, int], int]
"""Estimates the bytes that a source of a size and everything made of it take up together."""

RENDERING: dict[MediaKind, tuple[Render, NeededDisk]] = {
    MediaKind.IMAGE: (render_image, disk_for_image),
    MediaKind.VIDEO: (render_video, disk_for_video),
}


async def pictures(tools: Tools, taken: Taken) -> Outcome:
    """Make those renditions of a picture or a video that are missing."""
    media = await _begin(tools, taken)
    if media is None or media.kind not in RENDERING:
        return Outcome()
    names = await missing(tools, media.id, OF_PICTURES[media.kind])
    render, needed_disk = RENDERING[media.kind]
    async with tools.units.begin() as work:
        places = await Places.find(work, tools, taken, media)
    rendered = Rendered(places, media.id, [])
    made = Made(rendered, media.kind)
    if names:
        async with tools.disk.workplace(needed_disk(tools, media.size)) as folder:
            await made.render(render, tools, media, folder, names)
    return Outcome(made.write, rendered.remove_replaced, rendered.remove)


async def fail_pictures(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Write down why there is nothing to be seen; a picture fails with that, a video's text goes its own way."""
    media = await MediaRepository(work).get_for_change(taken.subject_id)
    if media.status in HIDDEN or media.kind not in RENDERING:
        return
    media.pictures = Pictures.FAILED
    media.pictures_error_code, media.pictures_error_message = reason.code, reason.reason
    announce_renditions(work, media, OF_PICTURES[media.kind])
    if media.kind is MediaKind.IMAGE and media.status is Status.TRANSCODING:
        media.fail(reason.code, reason.reason)
        await advance(work, media)


async def _begin(tools: Tools, taken: Taken) -> Media | None:
    """Return the item, a picture that is new or tried again as being worked on; None when it is being deleted."""
    async with tools.units.begin() as work:
        media = await MediaRepository(work).get_for_change(taken.subject_id)
        if media.status in HIDDEN:
            return None
        if media.kind is MediaKind.IMAGE and media.status in {Status.RECEIVED, Status.FAILED}:
            media.become(Status.RECEIVED)
            media.become(Status.TRANSCODING)
            announce(work, media)
    return media


@dataclass
class Made:
    """What one attempt has to say of an item's pictures."""

    rendered: Rendered
    kind: MediaKind
    seen: Seen | None = None

    async def render(self, render: Render, tools: Tools, media: Media, folder: Path, names: set[str]) -> None:
        """Make the renditions, and put them where they belong; what has nothing to be seen turns out to be sound.

        Raises:
            Unworkable: the source is gone, or nothing can be made of it.
            Failed: it went wrong in a way that another attempt may not.
        """
        try:
            self.seen = await render(tools, media, await fetch_source(tools, media, folder), names)
        except NoPicture:
            self.kind = MediaKind.AUDIO
            return
        except MachineTrouble:
            raise
        except FfmpegFailure as failure:
            raise (Unworkable if failure.final else Failed)(failure.code, str(failure)) from failure
        self.rendered.outputs = self.seen.outputs
        await self.rendered.put(folder)

    async def write(self, work: UnitOfWork) -> None:
        """Write down that the item has these renditions now; a picture is complete with them."""
        names = OF_PICTURES[self.kind]
        media = await MediaRepository(work).get_for_change(self.rendered.media_id)
        if media.status in HIDDEN:
            return  # asked for just when it was deleted; what was put is found when the buckets are gone through
        if self.seen is not None:
            await self.rendered.replace(work)
            media.width, media.height = self.seen.width, self.seen.height
        media.kind, media.pictures = self.kind, Pictures.READY if names else Pictures.NONE
        media.pictures_error_code = media.pictures_error_message = None
        announce_renditions(work, media, names)
        if self.kind is MediaKind.IMAGE and media.status is Status.TRANSCODING:
            media.become(Status.COMPLETED)
            await advance(work, media)
