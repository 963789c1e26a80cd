"""In which order results are listed, and how a list goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Float, Select, Text, literal_column, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from server.db.cursors import BadCursor, Place
from server.media.models import TITLE_KEY, Media


class Sort(StrEnum):
    """By what results are sorted; with `-` the last comes first. What is equal is sorted by its making."""

    CREATED = "created"
    NEWEST = "-created"
    SHORTEST = "duration"
    LONGEST = "-duration"
    TITLE = "title"
    TITLE_BACKWARDS = "-title"
    STATUS = "status"
    STATUS_BACKWARDS = "-status"
    LEAST_CONFIDENT = "confidence"
    MOST_CONFIDENT = "-confidence"
    RELEVANCE = "-relevance"

    @property
    def is_descending(self) -> bool:
        """Whether the last comes first."""
        return self.value.startswith("-")

    @property
    def key(self) -> "Key | None":
        """What it sorts by; None when that is the id, which is sorted by the time of making."""
        return KEYS.get(self.value.removeprefix("-"))


@dataclass(frozen=True, slots=True)
class Key:
    """What results are sorted by: a column, or an expression that has an index, and the type of its values."""

    column: ColumnElement[Any]
    kind: type
    may_be_empty: bool = False


KEYS = {
    "duration": Key(literal_column("media.duration_ms", BigInteger()), int, may_be_empty=True),
    "title": Key(literal_column(TITLE_KEY.text, Text()), str),
    "status": Key(literal_column("media.status", Text()), str),
    "confidence": Key(literal_column("media.confidence", Float()), float, may_be_empty=True),
}

Sorted = tuple[UUID, Any]
"""An id and the value by which it is sorted."""


async def page(
    session: AsyncSession, query: Select[UUID], sort: Sort, limit: int, after: Place | None
) -> Sequence[Sorted]:
    """Return the ids of one page and the value that each is sorted by, None where it is empty: those come last.

    Args:
        session: where to ask.
        query: selects the ids of all that is wanted.
        sort: the order, not by relevance.
        limit: how many.
        after: the row after which the list goes on.

    Raises:
        BadCursor: the row has a value that the column can't have.
    """
    key = sort.key
    if key is None:
        return await _by_id(session, query, sort, limit, after)
    if after is not None and after.value is None:
        return await _by_id(session, query.where(key.column.is_(None)), sort, limit, after)
    rows = await _by_value(session, query, sort, key, limit, after)
    if key.may_be_empty and len(rows) < limit:
        empty = query.where(key.column.is_(None))
        rows = [*rows, *await _by_id(session, empty, sort, limit - len(rows), None)]
    return rows


async def _by_id(
    session: AsyncSession, query: Select[UUID], sort: Sort, limit: int, after: Place | None
) -> Sequence[Sorted]:
    if after is not None:
        query = query.where(Media.id < after.id if sort.is_descending else Media.id > after.id)
    query = query.order_by(Media.id.desc() if sort.is_descending else Media.id).limit(limit)
    return [(found, None) for found in (await session.execute(query)).scalars()]


async def _by_value(  # noqa: PLR0913, PLR0917 - the query, its order, and its stretch
    session: AsyncSession, query: Select[UUID], sort: Sort, key: Key, limit: int, after: Place | None
) -> Sequence[Sorted]:
    place = tuple_(key.column, Media.id)
    if after is not None:
        if not isinstance(after.value, key.kind):
            raise BadCursor
        end = tuple_(after.value, after.id, types=[key.column.type, Media.id.type])
        query = query.where(place < end if sort.is_descending else place > end)
    if key.may_be_empty:
        query = query.where(key.column.is_not(None))  # without them, an index has the order of either direction
    order = (key.column.desc(), Media.id.desc()) if sort.is_descending else (key.column, Media.id)
    rows = await session.execute(query.add_columns(key.column.label("value")).order_by(*order).limit(limit))
    return [(found, value) for found, value in rows]
