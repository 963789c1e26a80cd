"""Hits within one transcript, whichever and however far it is."""

import asyncio
from collections.abc import Sequence
from itertools import accumulate, chain
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.search.asking import Asked
from server.search.hits import Hit, Passage, show
from server.search.occurrences import Occurrence, by_segment, lexemes_of, occurrences, place
from server.search.stems import Stemmed, stem
from server.search.wording import words_of
from server.transcription.models import TranscriptSegment


async def hits_within(  # noqa: PLR0913 - where, what, and which of it
    session: AsyncSession, asked: Asked, transcript_id: UUID, language: str | None, *, after: int, limit: int
) -> list[Hit]:
    """Find the segments of a transcript in which something is said, in the order of time.

    Args:
        session: where to look.
        asked: the question.
        transcript_id: where to look.
        language: the base language of the transcript.
        after: the index of the segment after which to go on, -1 for the first.
        limit: the most hits.
    """
    table = TranscriptSegment.__table__.c
    query = (
        select(table.index.label("number"), table.text)
        .where(table.transcript_id == transcript_id)
        .order_by(table.index)
    )
    rows = (await session.execute(query)).all()
    segments = await asyncio.to_thread(lambda: [words_of(row.text) for row in rows])
    said = await stem(session, language, {*chain.from_iterable(segments)})
    found = await asyncio.to_thread(_find, asked, language, segments, said)
    passages = [
        Passage(transcript_id, rows[first].number, rows[last].number, marks)
        for first, last, marks in found
        if rows[first].number > after
    ]
    shown = await show(session, passages[:limit])
    return list(shown.values())


def _find(
    asked: Asked, language: str | None, segments: Sequence[Sequence[str]], said: Stemmed
) -> list[tuple[int, int, list[Occurrence]]]:
    """Find the segments with hits: the first, the last that they reach into, and the hits by their words."""
    terms, stemmed = asked.terms_in(language), asked.stemmed(language)
    places = place(chain.from_iterable(segments), said, lexemes_of(terms, stemmed))
    starts = [0, *accumulate(map(len, segments))][: len(segments)]
    return list(by_segment(occurrences(places, terms, stemmed), starts))
