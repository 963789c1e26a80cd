"""Reading the versions of a transcript."""

import asyncio
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from server.auth.principal import Principal
from server.corrections.comparing import compared
from server.corrections.finding import Named, readable
from server.corrections.repository import CorrectionRepository
from server.corrections.schemas import Author, Comparison, Summary, TranscriptText, VersionPage, VersionShown
from server.corrections.segments import StoredSegment, shown, words_shown
from server.db.cursors import BadCursor
from server.problems import NotFound
from server.transcription.models import Transcript
from server.unit_of_work import UnitOfWork

HIGHEST = 2**31


async def show(work: UnitOfWork, viewer: Principal, named: Named) -> TranscriptText:
    """Show what a transcript says now.

    Raises:
        NotFound: there is no such transcript, or it is another's.
        NotFinished: it is not finished.
    """
    transcript = await readable(work, viewer, named)
    return _text(transcript, transcript.version, await CorrectionRepository(work, transcript.id).segments())


async def show_version(work: UnitOfWork, viewer: Principal, named: Named, number: int) -> TranscriptText:
    """Show what a version of a transcript says.

    Raises:
        NotFound: there is no such version, or it is another's.
        NotFinished: the transcript is not finished.
    """
    transcript = await readable(work, viewer, named)
    check_number(transcript, number)
    corrections = CorrectionRepository(work, transcript.id)
    segments = await corrections.segments()
    await corrections.go_back(segments, transcript.version, number)
    return _text(transcript, number, segments)


async def compare(
    work: UnitOfWork, viewer: Principal, named: Named, numbers: tuple[int, int | None], *, with_same: bool
) -> Comparison:
    """Compare one version of a transcript with another, or with the current one.

    Raises:
        NotFound: there is no such version, or it is another's.
        NotFinished: the transcript is not finished.
    """
    transcript = await readable(work, viewer, named)
    before, after = (transcript.version if number is None else number for number in numbers)
    check_number(transcript, before, after)
    corrections = CorrectionRepository(work, transcript.id)
    later = await corrections.segments()
    await corrections.go_back(later, transcript.version, max(before, after))
    earlier = later.copy()
    await corrections.go_back(earlier, max(before, after), min(before, after))
    sides = (earlier, later) if before <= after else (later, earlier)
    items = await asyncio.to_thread(lambda: list(compared(*sides, with_same=with_same)))
    return Comparison(items=items)


async def list_versions(
    work: UnitOfWork, viewer: Principal, named: Named, limit: int, cursor: str | None
) -> VersionPage:
    """Return `limit` versions, newest first, after the cursor; the engine's is the last.

    Raises:
        NotFound: there is no such transcript, or it is another's.
        NotFinished: it is not finished.
        BadCursor: the cursor is none that we gave.
    """
    transcript = await readable(work, viewer, named)
    before = None if cursor is None else _read_cursor(cursor)
    rows = await CorrectionRepository(work, transcript.id).versions(limit + 1, before)
    items = [_version(row) for row in rows]
    if len(items) <= limit and (before is None or before > 0):
        items.append(_engines(transcript))
    return VersionPage(items=items[:limit], next_cursor=_next_cursor(items, limit))


def check_number(transcript: Transcript, *numbers: int) -> None:
    """Make sure that there are such versions.

    Raises:
        NotFound: there is none of one of these numbers.
    """
    if max(numbers) > transcript.version:
        raise NotFound("version")


def _text(transcript: Transcript, number: int, segments: Sequence[StoredSegment]) -> TranscriptText:
    return TranscriptText(id=transcript.id, version=number, segments=shown(segments), words=words_shown(segments))


def _version(row: Row[Any]) -> VersionShown:
    return VersionShown(
        number=row.number,
        author=None if row.author_id is None else Author(id=row.author_id, name=row.author_name),
        created_at=row.created_at,
        summary=Summary(changed=row.changed, added=row.added, removed=row.removed),
        restored_from=row.restored_from,
    )


def _engines(transcript: Transcript) -> VersionShown:
    finished_at = transcript.finished_at or transcript.created_at
    nothing = Summary(changed=0, added=0, removed=0)
    return VersionShown(number=0, author=None, created_at=finished_at, summary=nothing, restored_from=None)


def _next_cursor(items: Sequence[VersionShown], limit: int) -> str | None:
    if len(items) <= limit:
        return None
    return urlsafe_b64encode(str(items[limit - 1].number).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> int:
    try:
        number = int(urlsafe_b64decode(cursor + "=="))
    except ValueError:
        raise BadCursor from None
    if not 0 < number < HIGHEST:
        raise BadCursor
    return number
