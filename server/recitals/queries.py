"""Reading recitals: columns straight into schemas, the viewer always among the arguments."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select

from server.auth.principal import Principal
from server.db.cursors import newest_first, next_cursor
from server.problems import NotFound
from server.recitals.ending import LISTED
from server.recitals.measures import Flag, Measures
from server.recitals.models import IS_FLAGGED, Recital, TextSegment
from server.recitals.repository import RecitalRepository
from server.recitals.schemas import RecitalDetail, RecitalPage, RecitalSegment, RecitalShown, RecitalSummary
from server.recitals.segments import Stretch, stretches
from server.recitals.state import RecitalStatus
from server.unit_of_work import UnitOfWork
from server.users.models import User

SUMMARY = (
    Recital.id,
    Recital.document_id,
    Recital.title,
    Recital.language,
    Recital.status,
    Recital.duration_ms,
    Recital.gaps,
    Recital.flags,
    Recital.quality,
    Recital.error_code,
    Recital.error_message,
    Recital.media_id,
    Recital.created_at,
    Recital.ended_at,
    Recital.last_sequence,
    Recital.discard_last,
    Recital.owner_id,
    User.name,
    User.email,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which recitals are to be listed; what is left out doesn't matter."""

    status: RecitalStatus | None = None
    document_id: UUID | None = None
    flag: Flag | None = None
    needs_review: bool | None = None
    owner: UUID | None = None

    def narrow(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """Leave out what is not wanted."""
        conditions = {
            "status": Recital.status == self.status,
            "document_id": Recital.document_id == self.document_id,
            "flag": Recital.flags.contains([self.flag]),
            "needs_review": IS_FLAGGED if self.needs_review else func.cardinality(Recital.flags) == 0,
            "owner": Recital.owner_id == self.owner,
        }
        return query.where(*(condition for name, condition in conditions.items() if getattr(self, name) is not None))


@dataclass(frozen=True, slots=True)
class RecitalQueries:
    """What one viewer may read of recitals."""

    work: UnitOfWork
    viewer: Principal

    async def page(self, wanted: Wanted, limit: int, cursor: str | None) -> RecitalPage:
        """Return `limit` recitals, newest first, after the cursor.

        Raises:
            BadCursor: the cursor is none that we gave.
        """
        query = newest_first(wanted.narrow(self._visible()), Recital.id, limit, cursor)
        rows = (await self.work.session.execute(query)).all()
        items = [RecitalSummary.model_validate(self._summary(row)) for row in rows[:limit]]
        return RecitalPage(items=items, next_cursor=next_cursor(rows, limit))

    async def one(self, recital_id: UUID) -> RecitalShown:
        """Return a recital.

        Raises:
            NotFound: there is none, or it is another's.
        """
        return RecitalShown.model_validate(await self._shown(await self._row(recital_id)))

    async def detail(self, recital_id: UUID) -> RecitalDetail:
        """Return a recital with its text segments.

        Raises:
            NotFound: there is none, or it is another's.
        """
        row = await self._row(recital_id)
        segments = await RecitalRepository(self.work).segments(recital_id)
        placed = zip(segments, stretches(segments, row.discard_last), strict=True)
        shown = [_segment(segment, stretch) for segment, stretch in placed]
        return RecitalDetail.model_validate(await self._shown(row) | {"segments": shown})

    def _visible(self) -> Select[*tuple[Any, ...]]:
        query: Select[*tuple[Any, ...]] = select(*SUMMARY).join(User, User.id == Recital.owner_id)
        return query if self.viewer.sees_all else query.where(Recital.owner_id == self.viewer.user_id)

    async def _row(self, recital_id: UUID) -> Row[*tuple[Any, ...]]:
        row = (await self.work.session.execute(self._visible().where(Recital.id == recital_id))).one_or_none()
        if row is None:
            raise NotFound("recital")
        return row

    def _summary(self, row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
        owner = {"id": row.owner_id, "name": row.name, "email": row.email}
        return row._asdict() | {
            "needs_review": bool(row.flags),
            "error": {"code": row.error_code, "message": row.error_message} if row.error_code else None,
            "result_id": row.media_id,
            "owner": owner if self.viewer.sees_all else None,
        }

    async def _shown(self, row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
        recitals = RecitalRepository(self.work)
        count, highest = await recitals.count_slices(row.id)
        last = highest if row.last_sequence is None else row.last_sequence
        missing = await recitals.missing(row.id, last, LISTED) if count <= last else []
        return self._summary(row) | {
            "slice_count": count,
            "missing_sequences": missing,
            "missing_count": max(0, last + 1 - count),
        }


def _segment(segment: TextSegment, stretch: Stretch) -> RecitalSegment:
    quality = Measures.model_validate(segment.quality) if segment.quality else None
    return RecitalSegment(
        index=segment.index,
        start_ms=stretch.start_ms,
        end_ms=stretch.end_ms,
        text=segment.text,
        does_not_count=segment.does_not_count,
        kept=stretch.is_kept,
        quality=quality,
        flags=quality.flags if quality else [],
    )
