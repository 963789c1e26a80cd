"""Making those renditions of a sound again that have expired; the item's own way is not touched by it."""

from functools import partial

from server.ffmpeg.allowance import allowance, needed_disk
from server.ffmpeg.failures import FfmpegFailure, MachineTrouble
from server.ffmpeg.probe import probe
from server.media.news import announce_renditions
from server.media.renditions import OF_SOUND
from server.media.repository import MediaRepository
from server.media.state import ENDED
from server.pipeline.places import Places
from server.pipeline.rendered import Rendered, missing
from server.pipeline.sources import fetch_source
from server.pipeline.tools import Tools
from server.pipeline.transcode import longest_ms, render_sound
from server.tasks.models import Taken
from server.tasks.stage import Failed, Outcome, Unworkable
from server.unit_of_work import UnitOfWork


async def remake(tools: Tools, taken: Taken) -> Outcome:
    """Make what is missing of an item's sound, as it was made the first time."""
    async with tools.units.begin() as work:
        media = await MediaRepository(work).get(taken.subject_id)
        places = await Places.find(work, tools, taken, media)
    if media.status not in ENDED:
        return Outcome()  # under way it makes them anyway; deleted it needs none
    names = await missing(tools, media.id, OF_SOUND - places.has_already)
    rendered = Rendered(places, media.id, [])
    if names:
        async with tools.disk.workplace(needed_disk(media.size, longest_ms=longest_ms(tools))) as folder:
            source = await fetch_source(tools, media, folder)
            try:
                probed = await probe(source)
                limits = allowance(probed, media.size, longest_ms=longest_ms(tools))
                rendered.outputs, _ = await render_sound(tools, source, probed, names, limits)
            except MachineTrouble:
                raise
            except FfmpegFailure as failure:
                raise (Unworkable if failure.final else Failed)(failure.code, str(failure)) from failure
            await rendered.put(folder)
    return Outcome(partial(_write, rendered=rendered), rendered.remove_replaced, rendered.remove)


async def leave_unmade(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Leave things as they are; whoever asks again has it tried again."""


async def _write(work: UnitOfWork, rendered: Rendered) -> None:
    media = await MediaRepository(work).get_for_change(rendered.media_id)
    if media.status in ENDED:
        await rendered.replace(work)
        announce_renditions(work, media, OF_SOUND)
