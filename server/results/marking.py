"""What of the results of a search shows that they answer it: hits in their texts, and their titles."""

from collections.abc import Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from server.results.schemas import HitShown, Piece
from server.search.asking import Asked
from server.search.hits import mark, show
from server.search.occurrences import lexemes_of, occurrences, place
from server.search.places import best_passages
from server.search.stems import stem
from server.search.wording import words_of

Found = Sequence[Row[Any]]
"""Rows with the `id`, the `title` and the `base_language` of results."""


async def hits_of(session: AsyncSession, asked: Asked, rows: Found) -> dict[UUID, list[HitShown]]:
    """Return the best hits in the text of each result, in the order of time."""
    best = await best_passages(session, asked, {row.id: row.base_language for row in rows})
    shown = await show(session, [passage for passages in best.values() for passage in passages])
    return {
        result_id: [
            HitShown.model_validate(shown[key], from_attributes=True)
            for passage in passages
            if (key := (passage.transcript_id, passage.first)) in shown
        ]
        for result_id, passages in best.items()
    }


async def marked_titles(session: AsyncSession, asked: Asked, rows: Found) -> dict[UUID, list[Piece]]:
    """Return the titles that have hits in them, in pieces."""
    marked: dict[UUID, list[Piece]] = {}
    for language in {row.base_language for row in rows}:
        titles = {row.id: words_of(row.title) for row in rows if row.base_language == language}
        said = await stem(session, language, {*chain.from_iterable(titles.values())})
        terms, stemmed = asked.terms_in(language), asked.stemmed(language)
        wanted = lexemes_of(terms, stemmed)
        for row in rows:
            if found := occurrences(place(titles.get(row.id, ()), said, wanted), terms, stemmed):
                pieces = mark(row.title, found)
                marked[row.id] = [Piece.model_validate(piece, from_attributes=True) for piece in pieces]
    return marked
