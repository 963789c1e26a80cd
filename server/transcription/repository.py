"""Named queries over transcripts."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, delete, func, insert, select, update

from server.transcription.engines.base import Segment, Word
from server.transcription.models import IS_OPEN, Transcript, TranscriptSegment
from server.unit_of_work import UnitOfWork

COUNTING = 0x4C65_6374
"""The key of the advisory lock under which Transcribe jobs are counted."""
ROWS_AT_ONCE = 2_000
NOW = func.clock_timestamp()


class TranscriptRepository:
    """Transcripts of one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    def add(self, transcript: Transcript) -> None:
        """Keep a new transcript."""
        self._session.add(transcript)

    async def open_of(self, media_id: UUID) -> Transcript | None:
        """Return the transcript of an item that is asked for and neither finished nor failed, or None."""
        query = select(Transcript).where(Transcript.media_id == media_id, IS_OPEN)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def newest_of(self, media_id: UUID) -> Transcript | None:
        """Return the latest transcript of an item, whatever became of it, or None."""
        query = select(Transcript).where(Transcript.media_id == media_id).order_by(Transcript.id.desc()).limit(1)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def newest_finished(self, media_id: UUID) -> Transcript | None:
        """Return the latest whole transcript of an item, or None."""
        query = select(Transcript).where(Transcript.media_id == media_id, Transcript.finished_at.is_not(None))
        return (await self._session.execute(query.order_by(Transcript.id.desc()).limit(1))).scalar_one_or_none()

    async def has_finished(self, media_id: UUID) -> bool:
        """Say whether there is a whole text of an item."""
        query = select(Transcript.id).where(Transcript.media_id == media_id, Transcript.finished_at.is_not(None))
        return (await self._session.execute(query.limit(1))).first() is not None

    async def begin_again(self, transcript_id: UUID, *, model: str) -> None:
        """Forget what an earlier attempt wrote, and note which model listens now."""
        await self._session.execute(delete(TranscriptSegment).where(TranscriptSegment.transcript_id == transcript_id))
        await self._set(transcript_id, model=model, started_at=NOW)

    async def reserve_job(self, transcript_id: UUID, job: str, *, most: int) -> bool:
        """Take one of the places for Transcribe jobs; one that is held already stays.

        Returns:
            False when all are taken.
        """
        await self._session.execute(select(func.pg_advisory_xact_lock(COUNTING)))
        others = and_(Transcript.job.is_not(None), IS_OPEN, Transcript.id != transcript_id)
        taken = await self._session.scalar(select(func.count()).where(others)) or 0
        if taken < most:
            await self._set(transcript_id, job=job, started_at=func.coalesce(Transcript.started_at, NOW))
        return taken < most

    async def release_job(self, transcript_id: UUID) -> None:
        """Give the place back, because no job was started after all."""
        await self._set(transcript_id, job=None)

    async def add_segments(self, transcript_id: UUID, first: int, segments: Sequence[Segment]) -> None:
        """Write segments down, numbered from `first`."""
        for start in range(0, len(segments), ROWS_AT_ONCE):
            batch = segments[start : start + ROWS_AT_ONCE]
            rows = [_row(transcript_id, index, segment) for index, segment in enumerate(batch, first + start)]
            await self._session.execute(insert(TranscriptSegment), rows)

    async def finish(self, transcript_id: UUID, *, content: str, language: str | None) -> None:
        """Declare a transcript whole."""
        await self._set(transcript_id, text=content, language=language, finished_at=NOW)

    async def still_open(self, transcript_ids: Sequence[UUID]) -> set[UUID]:
        """Return those of the transcripts that are neither finished nor failed."""
        query = select(Transcript.id).where(Transcript.id.in_(transcript_ids), IS_OPEN)
        return set((await self._session.execute(query)).scalars())

    async def jobs_of(self, media_id: UUID) -> Sequence[str]:
        """Name the Transcribe jobs that an item still waits for."""
        query = select(Transcript.job).where(Transcript.media_id == media_id, Transcript.job.is_not(None), IS_OPEN)
        return [job for job in (await self._session.execute(query)).scalars() if job]

    async def by_job(self, job: str) -> Transcript | None:
        """Return the open transcript that a Transcribe job is for, or None."""
        query = select(Transcript).where(Transcript.job == job, IS_OPEN)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def segments(self, transcript_id: UUID, *, limit: int | None = None) -> Sequence[Row[Any]]:
        """Return a transcript's segments in order, all or the first ones, as columns."""
        table = TranscriptSegment.__table__
        query = select(table).where(table.c.transcript_id == transcript_id).order_by(table.c.index).limit(limit)
        return (await self._session.execute(query)).all()

    async def spoken(self, transcript_id: UUID, *, limit: int | None = None) -> list[Segment]:
        """Return a transcript's segments in order, all or the first ones, as an engine heard them."""
        rows = await self.segments(transcript_id, limit=limit)
        return [
            Segment(s.start_ms, s.end_ms, s.text, tuple(Word(**word) for word in s.words), s.confidence, s.speaker)
            for s in rows
        ]

    async def _set(self, transcript_id: UUID, **values: object) -> None:
        await self._session.execute(update(Transcript).where(Transcript.id == transcript_id).values(**values))


def _row(transcript_id: UUID, index: int, segment: Segment) -> dict[str, Any]:
    return asdict(segment) | {
        "transcript_id": transcript_id,
        "index": index,
        "words": [asdict(word) for word in segment.words],
    }
