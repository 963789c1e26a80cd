"""Reading results: columns straight into schemas, the viewer always among the arguments."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from server.auth.principal import Principal
from server.media.models import Media, Rendition
from server.media.state import HIDDEN
from server.problems import Problem
from server.results.schemas import RenditionShown, Result, ResultPage, ResultSummary, SegmentShown, WordShown
from server.transcription.models import Transcript, TranscriptSegment
from server.unit_of_work import UnitOfWork

SUMMARY = (
    Media.id,
    Media.title,
    Media.kind,
    Media.status,
    Media.progress,
    Media.heard_ms,
    Media.duration_ms,
    Media.language,
    Media.content_type,
    Media.size,
    Media.created_at,
    Media.error_code,
    Media.error_message,
)


class BadCursor(Problem):
    """The cursor is none that we gave."""

    status = 422
    code = "bad_cursor"

    def __init__(self) -> None:
        super().__init__("This cursor was not given by this list. Begin without one.")


@dataclass(frozen=True, slots=True)
class ResultQueries:
    """What one viewer may read of results."""

    work: UnitOfWork
    viewer: Principal

    async def page(self, limit: int, cursor: str | None) -> ResultPage:
        """Return `limit` results, newest first, after the cursor.

        Raises:
            BadCursor: the cursor is none that we gave.
        """
        query = self._visible(select(*SUMMARY)).order_by(Media.id.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(Media.id < _read_cursor(cursor))
        rows = (await self.work.session.execute(query)).all()
        items = [ResultSummary.model_validate(_summary(row)) for row in rows[:limit]]
        return ResultPage(items=items, next_cursor=_cursor(items[-1].id) if len(rows) > limit else None)

    async def one(self, result_id: UUID) -> Result | None:
        """Return a result with its text so far, or None when the viewer may see no such result."""
        row = (await self.work.session.execute(self._visible(select(*SUMMARY)).where(Media.id == result_id))).first()
        if row is None:
            return None
        transcript = await newest_transcript(self.work, result_id)
        segments = await segments_of(self.work, transcript.id) if transcript is not None else []
        return Result.model_validate(
            _summary(row)
            | {
                "engine": transcript.engine if transcript else None,
                "model": transcript.model if transcript else None,
                "language": (transcript.language if transcript else None) or row.language,
                "text": " ".join(segment.text for segment in segments),
                "segments": [SegmentShown.model_validate(segment, from_attributes=True) for segment in segments],
                "words": [WordShown(segment=s.index, **word) for s in segments for word in s.words],
                "renditions": await self._renditions(result_id, row),
            }
        )

    def _visible(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        query = query.where(Media.status.not_in(HIDDEN))
        return query if self.viewer.sees_all else query.where(Media.owner_id == self.viewer.user_id)

    async def _renditions(self, result_id: UUID, media: Row[Any]) -> list[RenditionShown]:
        columns = select(Rendition.name, Rendition.content_type, Rendition.size)
        rows = await self.work.session.execute(columns.where(Rendition.media_id == result_id).order_by(Rendition.name))
        forms = [("source", media.content_type, media.size), *rows]
        return [
            RenditionShown(
                name=name, content_type=kind, size=size, url=f"/api/v1/results/{result_id}/renditions/{name}"
            )
            for name, kind, size in forms
        ]


async def newest_transcript(work: UnitOfWork, media_id: UUID) -> Transcript | None:
    """Return the latest transcript of an item, be it finished or under way."""
    query = select(Transcript).where(Transcript.media_id == media_id).order_by(Transcript.id.desc()).limit(1)
    return (await work.session.execute(query)).scalar_one_or_none()


async def segments_of(work: UnitOfWork, transcript_id: UUID) -> Sequence[Row[Any]]:
    """Return a transcript's segments in order."""
    table = TranscriptSegment.__table__
    rows = await work.session.execute(
        select(table).where(table.c.transcript_id == transcript_id).order_by(table.c.index)
    )
    return rows.all()


def _summary(row: Row[Any]) -> dict[str, Any]:
    shown = row._asdict()
    code, message = shown.pop("error_code"), shown.pop("error_message")
    return shown | {"error": {"code": code, "message": message} if code else None}


def _cursor(last: UUID) -> str:
    return urlsafe_b64encode(last.bytes).decode().rstrip("=")


def _read_cursor(cursor: str) -> UUID:
    try:
        return UUID(bytes=urlsafe_b64decode(cursor + "=="))
    except ValueError:
        raise BadCursor from None
