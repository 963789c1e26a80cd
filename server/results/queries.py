"""Reading results: columns straight into schemas, the viewer always among the arguments."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, or_, select

from server.auth.principal import Principal
from server.media.models import IS_SHOWN, Media, Rendition
from server.results.internals import internal_of
from server.results.schemas import RenditionShown, Result
from server.transcription.models import Transcript
from server.transcription.repository import TranscriptRepository
from server.transcription.schemas import segments_shown, words_shown
from server.unit_of_work import UnitOfWork
from server.users.models import User

FACTS = (
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
    Media.origin,
    Media.tags,
    Media.flags,
    Media.confidence,
    Media.revision,
    Media.width,
    Media.height,
    Media.pictures,
    Media.error_code,
    Media.error_message,
)

PICTURES_ERROR = (Media.pictures_error_code, Media.pictures_error_message)

OWNER = (Media.owner_id, User.email.label("owner_email"), User.name.label("owner_name"))

TRANSCRIPT = (
    Transcript.id,
    Transcript.engine,
    Transcript.model,
    Transcript.language,
    Transcript.created_at,
    Transcript.finished_at,
    Transcript.version,
    Transcript.error_code,
    Transcript.error_message,
)
MOST = 100
"""Transcripts of one item that are listed."""


@dataclass(frozen=True, slots=True)
class ResultQueries:
    """What one viewer may read of results."""

    work: UnitOfWork
    viewer: Principal

    async def one(self, result_id: UUID, transcript_id: UUID | None = None) -> Result | None:
        """Return a result with one of its texts so far, or None when the viewer may see no such thing."""
        query = visible(select(*FACTS, Media.notes, *PICTURES_ERROR), self.viewer).where(Media.id == result_id)
        row = (await self.work.session.execute(query)).first()
        if row is None:
            return None
        transcripts = await transcripts_of(self.work, result_id, transcript_id)
        shown = choose_transcript(transcripts, transcript_id)
        if shown is None and transcript_id is not None:
            return None
        segments = await TranscriptRepository(self.work).segments(shown.id) if shown is not None else []
        return Result.model_validate(
            facts_of(row)
            | {
                "transcript_id": shown.id if shown else None,
                "transcripts": [_transcript(transcript) for transcript in transcripts],
                "engine": shown.engine if shown else None,
                "model": shown.model if shown else None,
                "version": shown.version if shown else None,
                "language": (shown.language if shown else None) or row.language,
                "text": " ".join(segment.text for segment in segments),
                "segments": segments_shown(segments),
                "words": words_shown(segments),
                "pictures_error": error_of(row.pictures_error_code, row.pictures_error_message),
                "renditions": await self._renditions(result_id, row),
                "internal": await internal_of(self.work, self.viewer, result_id),
            }
        )

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


def visible(query: Select[*tuple[Any, ...]], viewer: Principal) -> Select[*tuple[Any, ...]]:
    """Leave out what a viewer may not see; for those who see all, tell whose the rest is."""
    query = query.where(IS_SHOWN)
    if viewer.sees_all:
        return query.add_columns(*OWNER).join(User, User.id == Media.owner_id)
    return query.where(Media.owner_id == viewer.user_id)


def facts_of(row: Row[Any]) -> dict[str, Any]:
    """Return a row with its error and its owner as they go over the wire."""
    shown = _with_error(row._asdict())
    owner = {name: shown.pop(f"owner_{name}", None) for name in ("id", "email", "name")}
    return shown | {"owner": owner if owner["id"] else None}


async def transcripts_of(work: UnitOfWork, media_id: UUID, wanted: UUID | None = None) -> Sequence[Row[Any]]:
    """Return what there is to know of an item's transcripts but their texts, newest first.

    However many there are, the newest finished one and the wanted one are among those returned.
    """
    newest = select(Transcript.id).where(Transcript.media_id == media_id).order_by(Transcript.id.desc())
    finished = newest.where(Transcript.finished_at.is_not(None)).limit(1)
    among = or_(Transcript.id.in_(newest.limit(MOST)), Transcript.id.in_(finished), Transcript.id == wanted)
    columns: Select[*tuple[Any, ...]] = select(*TRANSCRIPT)
    query = columns.where(Transcript.media_id == media_id, among).order_by(Transcript.id.desc())
    return (await work.session.execute(query)).all()


def choose_transcript(transcripts: Sequence[Row[Any]], transcript_id: UUID | None) -> Row[Any] | None:
    """Choose the one that is asked for, or else the newest finished one, or the one under way when none is."""
    if transcript_id is not None:
        return next((row for row in transcripts if row.id == transcript_id), None)
    finished = (row for row in transcripts if row.finished_at is not None)
    return next(finished, next((row for row in transcripts if row.error_code is None), None))


def _transcript(row: Row[Any]) -> dict[str, Any]:
    return _with_error(row._asdict())


def _with_error(shown: dict[str, Any]) -> dict[str, Any]:
    code, message = shown.pop("error_code"), shown.pop("error_message")
    return shown | {"error": error_of(code, message)}


def error_of(code: str | None, message: str | None) -> dict[str, str | None] | None:
    """Return an error as it goes over the wire."""
    return {"code": code, "message": message} if code else None
