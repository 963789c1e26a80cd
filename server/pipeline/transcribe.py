"""From the inference rendition to the text, by a speech model of our own: it can be read while it is heard."""

import time
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from server.aws.store import ObjectMissing
from server.media.models import Media, Rendition
from server.media.news import announce
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline import endings
from server.pipeline.tools import Tools
from server.problems import Problem
from server.tasks import service as tasks
from server.tasks.models import Taken
from server.tasks.stage import Outcome, Unworkable
from server.transcription.engines.base import Engine, Heard, Segment
from server.transcription.models import Transcript
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork, Units

WRITE_SECONDS = 1.0
"""How often what was heard is written down: often enough to read along, seldom enough to cost nothing."""


@dataclass
class Notes:
    """What was heard and is not yet written down, and what is."""

    taken: Taken
    media: Media
    transcript: Transcript
    written: int = 0
    waiting: list[Segment] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    language: str | None = None
    heard_ms: int = 0
    written_at: float = field(default_factory=time.monotonic)

    def take(self, heard: Heard) -> None:
        """Note one step."""
        self.heard_ms, self.language = heard.until_ms, heard.language or self.language
        if heard.segment is not None:
            self.waiting.append(heard.segment)
            self.words.append(heard.segment.text)

    @property
    def is_due(self) -> bool:
        """Whether it is time to write."""
        return time.monotonic() - self.written_at >= WRITE_SECONDS


@dataclass(frozen=True, slots=True)
class Listening:
    """What is to be transcribed, and what for."""

    media: Media
    transcript: Transcript
    inference: Rendition


async def start_listening(tools: Tools, taken: Taken) -> Listening | None:
    """Find what is to be transcribed; None when nothing is asked for any more.

    Raises:
        Unworkable: the item has no sound.
    """
    media = await tools.start_stage(taken.subject_id, Status.TRANSCRIBING, before=Status.TRANSCRIBING)
    async with tools.units.begin() as work:
        transcript = await TranscriptRepository(work).open_of(taken.subject_id)
        inference = await MediaRepository(work).rendition(taken.subject_id, "inference")
    if media is None or transcript is None:
        return None
    if inference is None:
        raise Unworkable("no_sound", "The recording has no sound to transcribe. Record or export it again.")
    return Listening(media, transcript, inference)


async def transcribe(tools: Tools, taken: Taken) -> Outcome:
    """Let the engine listen to the inference rendition."""
    if tools.engine is None:
        raise LookupError("this worker has no engine; transcription belongs to the whisper worker")
    asked = await start_listening(tools, taken)
    if asked is None:
        return Outcome()
    async with tools.disk.workplace(asked.inference.size) as folder:
        audio = folder / "inference.flac"
        try:
            await tools.store.fetch(asked.inference.address, audio)
        except ObjectMissing:
            return Outcome(partial(send_back, taken=taken))
        notes = Notes(taken, asked.media, asked.transcript)
        await _listen(tools.units, tools.engine, notes, audio)
    return Outcome(partial(_complete, notes=notes))


async def send_back(work: UnitOfWork, taken: Taken) -> None:
    """Have the renditions made again, because they have expired."""
    await endings.begin_again(work, await MediaRepository(work).get_for_change(taken.subject_id))


async def _listen(units: Units, engine: Engine, notes: Notes, audio: Path) -> None:
    model = notes.transcript.speech_wish.model
    async with units.begin() as work:
        await tasks.hold(work.session, notes.taken)
        await TranscriptRepository(work).begin_again(notes.transcript.id, model=model or engine.model)
    try:
        async with aclosing(
            engine.transcribe(
                audio,
                duration_ms=notes.media.duration_ms or 0,
                language=notes.transcript.asked_language,
                model=model,
            )
        ) as steps:
            async for heard in steps:
                notes.take(heard)
                if notes.is_due:
                    await _write_progress(units, notes)
    except Problem as problem:
        raise Unworkable(problem.code, problem.detail) from problem


async def _write_progress(units: Units, notes: Notes) -> None:
    async with units.begin() as work:
        await tasks.hold(work.session, notes.taken)
        await _write_segments(work, notes)
        notes.media.heard_ms = notes.heard_ms
        notes.media.progress = min(1.0, notes.heard_ms / max(1, notes.media.duration_ms or 0))
        await MediaRepository(work).note_progress(notes.media.id, notes.media.progress, notes.heard_ms)
        announce(work, notes.media)
    notes.written_at = time.monotonic()


async def _write_segments(work: UnitOfWork, notes: Notes) -> None:
    await TranscriptRepository(work).add_segments(notes.transcript.id, notes.written, notes.waiting)
    notes.written += len(notes.waiting)
    notes.waiting = []


async def _complete(work: UnitOfWork, notes: Notes) -> None:
    await _write_segments(work, notes)
    await endings.complete(work, notes.media.id, notes.transcript, text=" ".join(notes.words), language=notes.language)
