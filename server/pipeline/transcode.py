"""From the source to its renditions: the sound is decoded once, by one ffmpeg process."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from server.configuration.preprocessing import Where
from server.ffmpeg import audio
from server.ffmpeg.allowance import allowance, needed_disk
from server.ffmpeg.completeness import check_complete
from server.ffmpeg.confine import Limits
from server.ffmpeg.failures import FfmpegFailure, MachineTrouble, NoSound
from server.ffmpeg.forms import FORMS
from server.ffmpeg.peaks import Peaks
from server.ffmpeg.probe import AudioStream, Probe, probe
from server.ffmpeg.render import Output, Progress, render
from server.ffmpeg.source import Source
from server.ffmpeg.tap import SAMPLE_RATE, Tap
from server.media.kinds import MediaKind, Pictures
from server.media.models import Media
from server.media.news import announce
from server.media.renditions import OF_SOUND
from server.media.repository import MediaRepository
from server.media.state import Status
from server.media.wishes import SpeechWish
from server.pipeline import preprocess
from server.pipeline.endings import fail_media
from server.pipeline.flow import advance, await_pictures
from server.pipeline.places import Places
from server.pipeline.rendered import Rendered
from server.pipeline.sources import fetch_source
from server.pipeline.tools import Tools
from server.problems import Problem
from server.tasks import service as tasks
from server.tasks.models import Taken
from server.tasks.stage import Failed, Outcome, Unworkable
from server.transcription.offer import Offer
from server.transcription.repository import TranscriptRepository
from server.transcription.service import ask_once, wanted
from server.unit_of_work import UnitOfWork

SHORT_SECONDS = 10
HOUR_MS = 3_600_000
PEAKS = "peaks"


async def transcode(tools: Tools, taken: Taken) -> Outcome:
    """Make every rendition of one item's sound, and learn how long it is."""
    media = await tools.start_stage(taken.subject_id, Status.TRANSCODING, before=Status.RECEIVED)
    if media is None:
        return Outcome()
    async with tools.units.begin() as work:
        wish, language = await wanted(work, media)
        places = await Places.find(work, tools, taken, media)
    check_engine = _let_pass if places.are_wanted_unheard else partial(_check_engine, tools.offer, wish, language)
    async with tools.disk.workplace(needed_disk(media.size, longest_ms=longest_ms(tools))) as folder:
        source = await fetch_source(tools, media, folder)
        try:
            probed = await probe(source)
            if probed.video and not probed.audio:
                return Outcome(partial(_complete_silent, taken=taken))
            check_engine(probed.duration_ms)
            limits = allowance(probed, media.size, longest_ms=longest_ms(tools))
            progress = partial(_note_progress, tools, taken, media, probed.duration_ms)
            outputs, duration_ms = await render_sound(tools, source, probed, _wanted(places), limits, progress)
        except MachineTrouble:
            raise
        except FfmpegFailure as failure:
            raise (Unworkable if failure.final else Failed)(failure.code, str(failure)) from failure
        check_engine(duration_ms)
        rendered = Rendered(places, media.id, outputs)
        await rendered.put(folder)
    transcoded = Transcoded(rendered, taken, duration_ms, has_picture=bool(probed.video))
    return Outcome(transcoded.write, rendered.remove_replaced, rendered.remove)


def longest_ms(tools: Tools) -> int:
    """Return how much of a recording is taken at most."""
    return int(tools.settings.work.max_media_hours * HOUR_MS)


def _wanted(places: Places) -> frozenset[str]:
    """Name what this service has to make itself of a sound."""
    asked_elsewhere = preprocess.NAMES if places.tools.settings.preprocessing.where is Where.QUEUE else ()
    return OF_SOUND - places.has_already - {*asked_elsewhere}


def renditions(stream: AudioStream) -> list[Output]:
    """Name what is made of every sound; an output's stem is its rendition's name."""
    short = audio.beginning("short", stream, FORMS["mp3"], seconds=SHORT_SECONDS)
    return [audio.best("main", stream), audio.aac("light", stream), short, audio.speech("inference", stream)]


@dataclass
class Transcoded:
    """What one run learned of an item's sound and made of it."""

    rendered: Rendered
    taken: Taken
    duration_ms: int
    has_picture: bool

    async def write(self, work: UnitOfWork) -> None:
        """Write down that the item has these renditions now, and this length."""
        tools, media_id = self.rendered.places.tools, self.rendered.media_id
        if self.has_picture:
            await await_pictures(work, media_id, self.taken.owner_id)
        media = await MediaRepository(work).get_for_change(media_id)
        _note_picture(media, is_there=self.has_picture)
        media.duration_ms = self.duration_ms
        await self.rendered.replace(work)
        try:
            await ask_once(work, tools.offer, media)
        except Problem as problem:
            await fail_media(work, self.taken, Unworkable(problem.code, problem.detail))
            return
        if tools.settings.preprocessing.where is Where.QUEUE:
            await preprocess.ask(work, tools, media)
            return
        media.become(Status.TRANSCRIBING)
        await advance(work, media)


async def render_sound(  # noqa: PLR0913, PLR0917 - a run has this many sides
    tools: Tools,
    source: Source,
    probed: Probe,
    names: Collection[str],
    limits: Limits,
    progress: Progress | None = None,
) -> tuple[list[Output], int]:
    """Make those of the renditions of a sound that are named, beside the source.

    Returns:
        The files, and how many milliseconds the decoded sound is long.

    Raises:
        FfmpegFailure: nothing of it can be used.
    """
    stream, peaks = probed.sound(), Peaks(SAMPLE_RATE)
    outputs = [output for output in renditions(stream) if Path(output.name).stem in names]
    made = await render(
        tools.ffmpeg,
        source,
        outputs,
        source.path.parent,
        limits,
        tap=Tap(audio.samples(stream), peaks.add, longest_ms(tools)),
        progress=progress,
        stall_seconds=tools.settings.work.stall_seconds,
    )
    if made.duration_ms is None:
        raise NoSound
    await check_complete(source, probed, made.duration_ms)
    if PEAKS not in names:
        return outputs, made.duration_ms
    outline = Output(f"{PEAKS}.json", (), "application/json")
    await asyncio.to_thread((source.path.parent / outline.name).write_bytes, peaks.to_json())
    return [*outputs, outline], made.duration_ms


def _check_engine(offer: Offer, wish: SpeechWish, language: str | None, duration_ms: int | None) -> None:
    """Refuse early what no engine may have."""
    try:
        offer.choose(wish, language, duration_ms)
    except Problem as problem:
        raise Unworkable(problem.code, problem.detail) from problem


def _let_pass(duration_ms: int | None) -> None:
    """Refuse nothing."""


async def _note_progress(tools: Tools, taken: Taken, media: Media, duration_ms: int | None, done_ms: int) -> None:
    if not duration_ms:
        return
    media.progress = min(1.0, done_ms / duration_ms)
    async with tools.units.begin() as work:
        await tasks.hold(work.session, taken)
        await MediaRepository(work).note_progress(media.id, media.progress, heard_ms=0)
        announce(work, media)


async def _complete_silent(work: UnitOfWork, taken: Taken) -> None:
    """Complete a video without sound: there is nothing to transcribe."""
    await await_pictures(work, taken.subject_id, taken.owner_id)
    media = await MediaRepository(work).get_for_change(taken.subject_id)
    _note_picture(media, is_there=True)
    if asked := await TranscriptRepository(work).open_of(media.id):
        asked.fail("no_sound", "The video has no sound. Upload one that has.")
    media.become(Status.COMPLETED)
    await advance(work, media)


def _note_picture(media: Media, *, is_there: bool) -> None:
    """Write down whether there is something to be seen: of what the container is, it is but a guess."""
    media.kind = MediaKind.VIDEO if is_there else MediaKind.AUDIO
    if not is_there:
        media.pictures = Pictures.NONE
    elif media.pictures is Pictures.NONE:
        media.pictures = Pictures.UNDER_WAY
