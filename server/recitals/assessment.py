"""Assessments in the database: what one needs, and writing it down."""

import asyncio
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from sqlalchemy import func, update

from server.configuration.reciting import Quality
from server.media.models import Rendition
from server.media.repository import MediaRepository
from server.recitals import quality
from server.recitals.models import Recital, TextSegment
from server.recitals.news import announce
from server.recitals.quality import Assessment, Heard
from server.recitals.repository import RecitalRepository
from server.recitals.segments import Stretch, stretches
from server.recitals.signal import Signal
from server.recitals.state import RecitalStatus
from server.transcription.models import Transcript
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recital that is to be assessed, with what there is to compare: its prompts and what was heard."""

    recital: Recital
    media_id: UUID
    main: Rendition
    stretches: list[Stretch]
    transcript: Transcript | None
    heard: Heard | None

    @classmethod
    async def find(cls, work: UnitOfWork, recital_id: UUID) -> Self | None:
        """Return a recital with its newest whole transcript, or None when there is nothing to assess (any more)."""
        recital = await RecitalRepository(work).get(recital_id)
        if recital.status is RecitalStatus.DISCARDED or recital.media_id is None:
            return None
        main = await MediaRepository(work).rendition(recital.media_id, "main")
        if main is None:
            return None
        segments = await RecitalRepository(work).segments(recital_id)
        transcript = await TranscriptRepository(work).newest_finished(recital.media_id)
        heard = await _heard(work, transcript) if transcript else None
        placed = stretches(segments, recital.discard_last)
        return cls(recital, recital.media_id, main, placed, transcript, heard)

    async def assess(self, signal: Signal, thresholds: Quality) -> Assessment:
        """Judge the recital by its sound, without holding up the event loop."""
        return await asyncio.to_thread(
            quality.assess, signal, self.stretches, self.heard, self.recital.language, thresholds
        )

    async def write(self, work: UnitOfWork, assessment: Assessment) -> bool:
        """Write down what was found, unless the recital has been discarded meanwhile.

        Returns:
            Whether there is a newer transcript by now, which asks for another assessment.
        """
        recital = await RecitalRepository(work).get_for_change(self.recital.id)
        if recital.status is RecitalStatus.DISCARDED:
            return False
        recital.quality, recital.flags = assessment.whole.model_dump(mode="json"), [*assessment.flags]
        recital.assessed_at = func.clock_timestamp()
        rows = [
            {"recital_id": recital.id, "index": index, "quality": measures.model_dump(mode="json")}
            for index, measures in assessment.sentences.items()
        ]
        if rows:
            await work.session.execute(update(TextSegment), rows)
        announce(work, recital)
        return await self._is_outdated(work)

    async def _is_outdated(self, work: UnitOfWork) -> bool:
        # Whoever finishes a transcript holds the task of an assessment that is under way, which has ended here: either
        # that is committed and seen, or it waits for this, and adds another task.
        newest = await TranscriptRepository(work).newest_finished(self.media_id)
        return (newest and newest.id) != (self.transcript and self.transcript.id)


async def _heard(work: UnitOfWork, transcript: Transcript) -> Heard:
    # An engine that was told the language answers with what it was told.
    language = None if transcript.asked_language else transcript.language
    return Heard(await TranscriptRepository(work).spoken(transcript.id), language)
