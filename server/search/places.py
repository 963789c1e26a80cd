"""Where the best hits of results are, as the index tells: only the segments that are shown are read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Row, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from server.search.asking import Asked
from server.search.hits import Passage
from server.search.occurrences import by_segment, lexemes_of, occurrences
from server.search.questions import Term
from server.search.vectors import STRETCH, TEXT_AT

MOST_HITS = 3
"""Of one result."""

PLACES = text("""
    SELECT asked.media_id, piece.part, piece.transcript_id, piece.first_segment, piece.starts,
        said.lexeme, said.positions
    FROM unnest(:ids, :queries) AS asked(media_id, query)
    CROSS JOIN LATERAL (
        SELECT * FROM search_texts
        WHERE search_texts.media_id = asked.media_id AND starts IS NOT NULL AND transcript_id IS NOT NULL
            AND vector @@ CAST(asked.query AS tsquery)
        ORDER BY vector @@ CAST(:whole AS tsquery) DESC, part
        LIMIT :most
    ) AS piece
    CROSS JOIN LATERAL unnest(piece.vector) AS said(lexeme, positions, weights)
    WHERE said.lexeme = ANY(:lexemes)
    ORDER BY asked.media_id, piece.part
""").bindparams(
    bindparam("ids", type_=ARRAY(Uuid)),
    bindparam("queries", type_=ARRAY(Text)),
    bindparam("lexemes", type_=ARRAY(Text)),
    # A hit within the words that two parts share is the first one's; the second may then have none.
    most=2 * MOST_HITS,
)


async def best_passages(
    session: AsyncSession, asked: Asked, languages: Mapping[UUID, str | None]
) -> dict[UUID, list[Passage]]:
    """Find, in each of some items, the segments that say most of what is asked for, in the order of time.

    Args:
        session: where to look.
        asked: the question.
        languages: of each item, as it is indexed by.
    """
    terms = {language: asked.terms_in(language) for language in set(languages.values())}
    lexemes = {lexeme for language in terms for lexeme in lexemes_of(terms[language], asked.stemmed(language))}
    rows = await session.execute(
        PLACES,
        {
            "ids": [*languages],
            "queries": [asked.any_in(language) for language in languages.values()],
            "whole": asked.whole,
            "lexemes": [*lexemes],
        },
    )
    return {
        media_id: _choose(_passages(pieces, asked, terms[languages[media_id]], languages[media_id]))
        for media_id, pieces in groupby(rows.all(), lambda row: row.media_id)
    }


def _passages(
    rows: Iterable[Row[Any]], asked: Asked, terms: Sequence[Term], language: str | None
) -> Collection[Passage]:
    """Return the segments of one item that have hits; `rows` are the places of lexemes in some of its parts."""
    found: dict[int, Passage] = {}
    for _, same in groupby(rows, lambda row: row.part):
        piece = list(same)
        known = piece[0]
        places = {row.lexeme: [at - TEXT_AT - 1 for at in row.positions if at > TEXT_AT] for row in piece}
        own = (o for o in occurrences(places, terms, asked.stemmed(language)) if o.start < STRETCH)
        for first, last, marks in by_segment(own, known.starts):
            passage = Passage(known.transcript_id, known.first_segment + first, known.first_segment + last, marks)
            found[passage.first] = passage.joined(found.get(passage.first))  # of one that the part before begins
    return found.values()


def _choose(passages: Collection[Passage]) -> list[Passage]:
    """Choose the segments that say most of the terms, and of those the first."""
    best = sorted(passages, key=lambda passage: (-len({mark.term for mark in passage.marks}), passage.first))
    return sorted(best[:MOST_HITS], key=lambda passage: passage.first)
