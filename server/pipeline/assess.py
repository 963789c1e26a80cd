"""How well a recital was read and recorded: its sound is measured, and what was heard compared with its text."""

import asyncio
from functools import partial
from pathlib import Path

from server.aws.store import ObjectMissing
from server.ffmpeg.allowance import allowance
from server.ffmpeg.decode import decode, layout_of
from server.ffmpeg.failures import FfmpegFailure, MachineTrouble
from server.ffmpeg.probe import probe
from server.media.repository import MediaRepository
from server.pipeline.sources import source_of
from server.pipeline.tools import Tools
from server.pipeline.transcode import longest_ms
from server.recitals.assessment import Candidate
from server.recitals.quality import Assessment
from server.recitals.signal import Meter, Signal
from server.search import service as search
from server.tasks import service as tasks
from server.tasks.models import Kind, Taken
from server.tasks.queues import Queue
from server.tasks.stage import Failed, Outcome, Unworkable
from server.unit_of_work import UnitOfWork


async def assess(tools: Tools, taken: Taken) -> Outcome:
    """Assess a recital with its newest transcript, or by its sound alone when it has none."""
    async with tools.units.begin() as work:
        candidate = await Candidate.find(work, taken.subject_id)
    if candidate is None:
        return Outcome()
    async with tools.disk.workplace(candidate.main.size) as folder:
        try:
            await tools.store.fetch(candidate.main.address, folder / "main")
            signal = await _measure(tools, candidate, folder / "main")
        except ObjectMissing:
            raise Failed("main_missing", "The recording is not there, or not yet. Try again later.") from None
        except MachineTrouble:
            raise
        except FfmpegFailure as failure:
            raise (Unworkable if failure.final else Failed)(failure.code, str(failure)) from failure
    assessment = await candidate.assess(signal, tools.settings.quality)
    return Outcome(partial(_write, candidate=candidate, assessment=assessment))


async def stay_unassessed(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Leave a recital as it is: it can do without, and why it was not assessed is written with the task."""


async def _measure(tools: Tools, candidate: Candidate, path: Path) -> Signal:
    source = await source_of(path)
    probed = await probe(source)
    stream = probed.sound()
    meter = await asyncio.to_thread(Meter, layout_of(stream))
    longest = longest_ms(tools)

    async def listen(block: bytes) -> None:
        await asyncio.to_thread(meter.add, block)

    await decode(
        tools.ffmpeg,
        source,
        stream,
        listen,
        allowance(probed, candidate.main.size, longest_ms=longest),
        longest_ms=longest,
        stall_seconds=tools.settings.work.stall_seconds,
    )
    return await asyncio.to_thread(meter.finish)


async def _write(work: UnitOfWork, candidate: Candidate, assessment: Assessment) -> None:
    is_outdated = await candidate.write(work, assessment)
    media = await MediaRepository(work).get_for_change(candidate.media_id)
    media.flags = [*assessment.flags, *(flag for flag in media.flags if flag == search.LOW_FLAG)]
    if is_outdated:
        recital = candidate.recital
        await tasks.add(work, Kind.ASSESS, recital.id, owner_id=recital.owner_id, queue=Queue.WORK)
