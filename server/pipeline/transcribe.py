"""From sound to text: segments are written as they are heard, the whole text at the end."""

import time
from contextlib import aclosing
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, func, insert, update
from uuid_utils.compat import uuid7

from server.media.models import Media
from server.media.news import announce
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline.flow import advance
from server.pipeline.tools import Tools
from server.tasks import service as tasks
from server.tasks.models import Taken
from server.tasks.stage import Outcome, Unworkable
from server.transcription.engines.base import Engine, Heard, Segment
from server.transcription.engines.errors import AudioUnreadable, LanguageNotSupported
from server.transcription.models import Transcript, TranscriptSegment
from server.unit_of_work import UnitOfWork, Units

WRITE_SECONDS = 1.0
"""How often what was heard is written down: often enough to read along, seldom enough to cost nothing."""


@dataclass
class Notes:
    """What was heard and is not yet written down, and what is."""

    taken: Taken
    media: Media
    transcript_id: UUID
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


async def transcribe(tools: Tools, taken: Taken) -> Outcome:
    """Let the engine listen to the inference rendition."""
    media = await tools.start_stage(taken.subject_id, Status.TRANSCRIBING, before=Status.TRANSCRIBING)
    if media is None:
        return Outcome()
    if tools.engine is None:
        raise LookupError("this worker has no engine; transcription belongs to the whisper worker")
    async with tools.units.begin() as work:
        inference = await MediaRepository(work).rendition(media.id, "inference")
    if inference is None:
        raise Unworkable("no_sound", "The recording has no sound to transcribe. Record or export it again.")
    async with tools.workplace() as folder:
        audio = folder / "inference.flac"
        await tools.store.fetch(inference.address, audio)
        notes = await _listen(tools.units, tools.engine, media, taken, audio)
    return Outcome(partial(_complete, notes=notes))


async def _listen(units: Units, engine: Engine, media: Media, taken: Taken, audio: Path) -> Notes:
    notes = Notes(taken, media, await _open_transcript(units, engine, media, taken))
    try:
        async with aclosing(
            engine.transcribe(audio, duration_ms=media.duration_ms or 0, language=media.language)
        ) as steps:
            async for heard in steps:
                notes.take(heard)
                if notes.is_due:
                    await _write_progress(units, notes)
    except (LanguageNotSupported, AudioUnreadable) as problem:
        raise Unworkable(problem.code, problem.detail) from problem
    return notes


async def _open_transcript(units: Units, engine: Engine, media: Media, taken: Taken) -> UUID:
    """Begin a transcript, and forget what an earlier attempt left unfinished."""
    transcript_id = uuid7()
    async with units.begin() as work:
        await tasks.hold(work.session, taken)
        await work.session.execute(
            delete(Transcript).where(Transcript.media_id == media.id, Transcript.finished_at.is_(None))
        )
        work.session.add(
            Transcript(id=transcript_id, media_id=media.id, engine=engine.name, model=engine.model, text="")
        )
    return transcript_id


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
    if not notes.waiting:
        return
    rows = [
        {
            "transcript_id": notes.transcript_id,
            "index": index,
            "start_ms": segment.start_ms,
            "end_ms": segment.end_ms,
            "text": segment.text,
            "speaker": segment.speaker,
            "confidence": segment.confidence,
            "words": [asdict(word) for word in segment.words],
        }
        for index, segment in enumerate(notes.waiting, notes.written)
    ]
    await work.session.execute(insert(TranscriptSegment), rows)
    notes.written += len(rows)
    notes.waiting = []


async def _complete(work: UnitOfWork, notes: Notes) -> None:
    await _write_segments(work, notes)
    await work.session.execute(
        update(Transcript)
        .where(Transcript.id == notes.transcript_id)
        .values(text=" ".join(notes.words), language=notes.language, finished_at=func.clock_timestamp())
    )
    media = await MediaRepository(work).get_for_change(notes.media.id)
    media.heard_ms = media.duration_ms or notes.heard_ms
    media.become(Status.COMPLETED)
    await advance(work, media)
