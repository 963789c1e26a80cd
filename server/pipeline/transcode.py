"""From the source to its renditions: the sound is decoded once, by one ffmpeg process."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID

from server.aws.store import Address, ObjectChanged, ObjectMissing
from server.configuration.preprocessing import Where
from server.ffmpeg import audio
from server.ffmpeg.allowance import allowance, needed_disk
from server.ffmpeg.completeness import check_complete
from server.ffmpeg.failures import FfmpegFailure, MachineTrouble, NoSound
from server.ffmpeg.forms import FORMS
from server.ffmpeg.peaks import Peaks
from server.ffmpeg.probe import AudioStream, Probe, probe
from server.ffmpeg.render import Output, render
from server.ffmpeg.source import Source
from server.ffmpeg.tap import SAMPLE_RATE, Tap
from server.media.kinds import MediaKind
from server.media.models import Media, Rendition
from server.media.news import announce
from server.media.repository import MediaRepository
from server.media.state import Status
from server.media.wishes import SpeechWish
from server.pipeline import preprocess
from server.pipeline.endings import fail_media
from server.pipeline.flow import advance
from server.pipeline.places import Places
from server.pipeline.refusals import check_digest
from server.pipeline.sources import source_of
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
        source = await _fetch(tools, media, folder)
        try:
            probed = await probe(source)
            if probed.video and not probed.audio:
                return Outcome(partial(_complete_silent, media_id=media.id))
            check_engine(probed.duration_ms)
            outputs, duration_ms = await _render(places, taken, media, source, probed)
        except MachineTrouble:
            raise
        except FfmpegFailure as failure:
            raise (Unworkable if failure.final else Failed)(failure.code, str(failure)) from failure
        check_engine(duration_ms)
        rendered = Rendered(places, taken, media, outputs, duration_ms, has_picture=bool(probed.video))
        await rendered.put(folder)
    return Outcome(rendered.write, rendered.remove_replaced, rendered.remove)


def longest_ms(tools: Tools) -> int:
    """Return how much of a recording is taken at most."""
    return int(tools.settings.work.max_media_hours * HOUR_MS)


def renditions(stream: AudioStream, where: Where = Where.HERE) -> list[Output]:
    """Name what is made of every sound; an output's stem is its rendition's name."""
    kept = [audio.best("main", stream), audio.aac("light", stream)]
    if where is Where.QUEUE:
        return kept
    short = audio.beginning("short", stream, FORMS["mp3"], seconds=SHORT_SECONDS)
    return [*kept, short, audio.speech("inference", stream)]


@dataclass
class Rendered:
    """The files that one run made of an item, on their way to be its renditions."""

    places: Places
    taken: Taken
    media: Media
    outputs: Sequence[Output]
    duration_ms: int
    has_picture: bool
    made: list[Rendition] = field(default_factory=list)
    replaced: list[Address] = field(default_factory=list)

    async def put(self, folder: Path) -> None:
        """Copy the files to their places: all of them, or none that is this attempt's alone."""
        try:
            await self._put(folder)
        except BaseException:
            await asyncio.shield(self.remove())
            raise

    async def _put(self, folder: Path) -> None:
        puts = []
        for output in self.outputs:
            file, address = folder / output.name, self.places.address(output.name)
            self.made.append(self._rendition(file, address, output.media_type))
            puts.append(self.places.tools.store.put(address, file, output.media_type))
        # To their ends, also when one fails: what is broken off may come into being after it was removed.
        for result in await asyncio.gather(*puts, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result

    def _rendition(self, file: Path, address: Address, content_type: str) -> Rendition:
        return Rendition(
            media_id=self.media.id,
            name=file.stem,
            bucket=address.bucket,
            key=address.key,
            content_type=content_type,
            size=file.stat().st_size,
        )

    async def write(self, work: UnitOfWork) -> None:
        """Write down that the item has these renditions now, and this length."""
        media = await MediaRepository(work).get_for_change(self.media.id)
        media.kind = MediaKind.VIDEO if self.has_picture else MediaKind.AUDIO
        media.duration_ms = self.duration_ms
        self.replaced = await MediaRepository(work).replace_renditions(media.id, self.made)
        try:
            await ask_once(work, self.places.tools.offer, media)
        except Problem as problem:
            await fail_media(work, self.taken, Unworkable(problem.code, problem.detail))
            return
        if self.places.tools.settings.preprocessing.where is Where.QUEUE:
            await preprocess.ask(work, self.places.tools, media)
            return
        media.become(Status.TRANSCRIBING)
        await advance(work, media)

    async def remove_replaced(self) -> None:
        """Remove the objects of the renditions that were there before, unless they have been overwritten."""
        made = {rendition.address for rendition in self.made}
        await self.places.tools.store.delete(address for address in self.replaced if address not in made)

    async def remove(self) -> None:
        """Remove everything again: another attempt's renditions count."""
        await self.places.clear(rendition.address for rendition in self.made)


async def _fetch(tools: Tools, media: Media, folder: Path) -> Source:
    path = folder / "source"
    try:
        check_digest(media.sha256, await tools.store.fetch(media.source, path, etag=media.etag))
    except ObjectMissing:
        raise Unworkable("source_missing", "The file is not there any more. Upload it again.") from None
    except ObjectChanged:
        raise Unworkable(
            "source_changed", "The file was sent a second time while it was worked on. Upload it again."
        ) from None
    return await source_of(path)


async def _render(
    places: Places, taken: Taken, media: Media, source: Source, probed: Probe
) -> tuple[list[Output], int]:
    tools, stream = places.tools, probed.sound()
    longest = longest_ms(tools)
    peaks = Peaks(SAMPLE_RATE)
    outputs = places.missing(renditions(stream, tools.settings.preprocessing.where))
    made = await render(
        tools.ffmpeg,
        source,
        outputs,
        source.path.parent,
        allowance(probed, media.size, longest_ms=longest),
        tap=Tap(audio.samples(stream), peaks.add, longest),
        progress=partial(_note_progress, tools, taken, media, probed.duration_ms),
        stall_seconds=tools.settings.work.stall_seconds,
    )
    if made.duration_ms is None:
        raise NoSound
    await check_complete(source, probed, made.duration_ms)
    outline = Output("peaks.json", (), "application/json")
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


async def _complete_silent(work: UnitOfWork, media_id: UUID) -> None:
    """Complete a video without sound: there is nothing to transcribe."""
    media = await MediaRepository(work).get_for_change(media_id)
    media.kind = MediaKind.VIDEO
    if asked := await TranscriptRepository(work).open_of(media.id):
        asked.fail("no_sound", "The video has no sound. Upload one that has.")
    media.become(Status.COMPLETED)
    await advance(work, media)
