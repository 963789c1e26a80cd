"""Reading and writing versions of transcripts."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Row, Select, Text, cast, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from server.corrections.patches import Patch, Rows, undo
from server.corrections.segments import StoredSegment
from server.transcription.models import Transcript, TranscriptEdit, TranscriptSegment
from server.unit_of_work import UnitOfWork
from server.users.models import User

AT_ONCE = 50
"""Versions that are gone back at a time: what they hold is read, and let go."""

SEGMENT = (
    TranscriptSegment.start_ms,
    TranscriptSegment.end_ms,
    TranscriptSegment.text,
    TranscriptSegment.speaker,
    TranscriptSegment.confidence,
    cast(TranscriptSegment.words, Text),
)
VERSION = (
    TranscriptEdit.number,
    TranscriptEdit.created_at,
    TranscriptEdit.changed,
    TranscriptEdit.added,
    TranscriptEdit.removed,
    TranscriptEdit.restored_from,
    User.id.label("author_id"),
    User.name.label("author_name"),
)


class CorrectionRepository:
    """The versions of one transcript, whose row is locked by whoever changes them, or reads more than the newest."""

    def __init__(self, work: UnitOfWork, transcript_id: UUID) -> None:
        self._session, self._id = work.session, transcript_id
        self._own = TranscriptSegment.transcript_id == transcript_id

    async def segments(self) -> list[StoredSegment]:
        """Return what the transcript says now."""
        rows = await self._session.execute(select(*SEGMENT).where(self._own).order_by(TranscriptSegment.index))
        return [StoredSegment(*row) for row in rows]

    async def go_back(self, segments: list[StoredSegment], current: int, number: int) -> None:
        """Make of version `current` the version `number`, which is an earlier one."""
        query = select(TranscriptEdit.patches).where(
            TranscriptEdit.transcript_id == self._id,
            TranscriptEdit.number > number,
            TranscriptEdit.number <= current,
        )
        newest_first = query.order_by(TranscriptEdit.number.desc()).execution_options(yield_per=AT_ONCE)
        edits = await self._session.stream_scalars(newest_first)
        async for some in edits.partitions():
            await asyncio.to_thread(_undo, segments, some)

    async def patches(self, number: int) -> list[Patch]:
        """Return what made a version of the one before it."""
        query = select(TranscriptEdit.patches).where(
            TranscriptEdit.transcript_id == self._id, TranscriptEdit.number == number
        )
        written = (await self._session.execute(query)).scalar_one()
        return await asyncio.to_thread(lambda: [Patch.read(patch) for patch in written])

    async def versions(self, limit: int, before: int | None) -> Sequence[Row[Any]]:
        """Return up to `limit` corrections, the newest first, of those with smaller numbers than `before`."""
        columns: Select[*tuple[Any, ...]] = select(*VERSION)
        query = columns.outerjoin(User, User.id == TranscriptEdit.author_id)
        query = query.where(TranscriptEdit.transcript_id == self._id).order_by(TranscriptEdit.number.desc())
        if before is not None:
            query = query.where(TranscriptEdit.number < before)
        return (await self._session.execute(query.limit(limit))).all()

    def add(self, edit: TranscriptEdit) -> None:
        """Keep a version."""
        self._session.add(edit)

    async def rewrite(self, rows: Rows, *, version: int, text: str) -> None:
        """Make the transcript say what a new version does; what it leaves alone is not written again."""
        index = TranscriptSegment.index
        if rows.removed:
            gone = index == func.any(cast(rows.removed, ARRAY(Integer)))
            await self._session.execute(delete(TranscriptSegment).where(self._own, gone))
        if rows.moved:
            await self._move(rows.moved)
        if rows.inserted:
            new = [segment.as_row() | {"transcript_id": self._id, "index": place} for place, segment in rows.inserted]
            await self._session.execute(insert(TranscriptSegment), new)
        values = {"version": version, "text": text}
        await self._session.execute(update(Transcript).where(Transcript.id == self._id).values(values))

    async def _move(self, moved: Sequence[tuple[int, int]]) -> None:
        """Number rows anew, by way of negative numbers: within a statement, no two may have the same."""
        index = TranscriptSegment.index
        old, new = (cast(list(places), ARRAY(Integer)) for places in zip(*moved, strict=True))
        ways = func.unnest(old, new).table_valued("old", "new", name="ways").render_derived()
        away = update(TranscriptSegment).where(self._own, index == ways.c.old).values(index=-1 - ways.c.new)
        back = update(TranscriptSegment).where(self._own, index < 0).values(index=-1 - index)
        for step in (away, back):
            await self._session.execute(step, execution_options={"synchronize_session": False})


def _undo(segments: list[StoredSegment], edits: Sequence[list[dict[str, Any]]]) -> None:
    for patches in edits:
        undo(segments, [Patch.read(patch) for patch in patches])
