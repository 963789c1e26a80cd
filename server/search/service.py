"""Keeping what can be searched for up to date."""

import asyncio
from collections.abc import Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.media.models import IS_SHOWN, Media
from server.media.repository import MediaRepository
from server.media.state import HIDDEN
from server.search.models import SearchText
from server.search.stems import base_language, stem
from server.search.vectors import parts
from server.search.wording import words_of
from server.transcription.models import Transcript, TranscriptSegment
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork

VERSION = 1
"""Of the rules by which texts are searched; with a new one, every item is indexed anew."""

LOW_CONFIDENCE = 0.6
"""Below it, as the mean of its words, a text is worth a look: of good recordings, engines are surer than 0.8."""
LOW_FLAG = "low_confidence"

MEAN_CONFIDENCE = text("""
    SELECT avg(CAST(word ->> 'confidence' AS float))
    FROM transcript_segments, jsonb_array_elements(words) AS word WHERE transcript_id = :transcript_id
""")


async def index(work: UnitOfWork, media_id: UUID) -> None:
    """Have an item found by its title and its newest finished transcript, and note on it what that one tells.

    To be called wherever an item is made, or one of those changes, in the same transaction. The item's row is locked.
    """
    await work.session.flush()
    media = await MediaRepository(work).get_for_change(media_id)
    await forget(work, media_id)
    if media.status in HIDDEN:
        return
    transcript = await TranscriptRepository(work).newest_finished(media_id)
    facts = await _facts(work.session, media, transcript)
    segments = await _segments(work.session, transcript) if transcript else []
    await _write(work.session, media, transcript, segments)
    # To be indexed is no sign of life, so the time of the last one stays.
    noted = facts | {"search_version": VERSION, "updated_at": Media.updated_at}
    await work.session.execute(update(Media).where(Media.id == media_id).values(noted))


async def forget(work: UnitOfWork, media_id: UUID) -> None:
    """Have an item not be found any more."""
    await work.session.execute(delete(SearchText).where(SearchText.media_id == media_id))


async def unindexed(work: UnitOfWork, limit: int, *, before: UUID | None = None) -> Sequence[UUID]:
    """Return items that are not indexed by the present rules, the newest first; those before one of them."""
    query = select(Media.id).where(IS_SHOWN, Media.search_version < VERSION)
    if before is not None:
        query = query.where(Media.id < before)
    return (await work.session.execute(query.order_by(Media.id.desc()).limit(limit))).scalars().all()


async def _facts(session: AsyncSession, media: Media, transcript: Transcript | None) -> dict[str, Any]:
    """Return what lists filter and sort by."""
    flags = [flag for flag in media.flags if flag != LOW_FLAG]
    if transcript is None:
        return {"engine": None, "heard_language": None, "confidence": None, "flags": flags}
    confidence = await session.scalar(MEAN_CONFIDENCE, {"transcript_id": transcript.id})
    is_low = confidence is not None and confidence < LOW_CONFIDENCE
    return {
        "engine": transcript.engine,
        "heard_language": transcript.language,
        "confidence": confidence,
        "flags": flags + [LOW_FLAG] * is_low,
    }


async def _segments(session: AsyncSession, transcript: Transcript) -> Sequence[str]:
    query = select(TranscriptSegment.text).where(TranscriptSegment.transcript_id == transcript.id)
    return (await session.execute(query.order_by(TranscriptSegment.index))).scalars().all()


async def _write(session: AsyncSession, media: Media, transcript: Transcript | None, segments: Sequence[str]) -> None:
    language = base_language((transcript.language if transcript else None) or media.language)
    title, said = await asyncio.to_thread(lambda: (words_of(media.title), [words_of(segment) for segment in segments]))
    stemmed = await stem(session, language, {*title, *chain.from_iterable(said)})
    common = {
        "media_id": media.id,
        "owner_id": media.owner_id,
        "transcript_id": transcript.id if transcript else None,
    }
    made = await asyncio.to_thread(lambda: list(parts(title, said, stemmed)))
    rows = [
        common | {"part": p.number, "first_segment": p.first_segment, "starts": p.starts, "vector": p.vector}
        for p in made
    ]
    await session.execute(insert(SearchText), rows)
