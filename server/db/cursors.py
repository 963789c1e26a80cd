"""Opaque cursors of lists: those that are ordered by id, and those that are sorted otherwise."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Annotated, Any, TypeVarTuple
from uuid import UUID

from pydantic import BaseModel, Field, FiniteFloat, ValidationError
from sqlalchemy import Row, Select
from sqlalchemy.orm import InstrumentedAttribute

from server.db.base import Identified
from server.problems import Problem

Columns = TypeVarTuple("Columns")

LONGEST = 1_000
"""Characters of a cursor."""


class BadCursor(Problem):
    """The cursor is none that we gave."""

    status = 422
    code = "bad_cursor"

    def __init__(self) -> None:
        super().__init__("This cursor was not given by this list. Begin without one.")


def write_cursor(last: UUID) -> str:
    """Return the cursor that goes on after a row."""
    return urlsafe_b64encode(last.bytes).decode().rstrip("=")


def read_cursor(cursor: str) -> UUID:
    """Return the id of the row after which a list goes on.

    Raises:
        BadCursor: it is none that we gave.
    """
    try:
        return UUID(bytes=urlsafe_b64decode(cursor + "=="))
    except ValueError:
        raise BadCursor from None


def newest_first(
    query: Select[*Columns], key: InstrumentedAttribute[UUID], limit: int, cursor: str | None
) -> Select[*Columns]:
    """Ask for a page of a list: `limit` rows after the cursor, and one more, which tells that the list goes on.

    Raises:
        BadCursor: the cursor is none that we gave.
    """
    query = query.order_by(key.desc()).limit(limit + 1)
    return query if cursor is None else query.where(key < read_cursor(cursor))


def next_cursor(rows: Sequence[Row[*tuple[Any, ...]]] | Sequence[Identified], limit: int) -> str | None:
    """Return the cursor of the page after these rows, or None when there is none: no row is left over."""
    return write_cursor(rows[limit - 1].id) if len(rows) > limit else None


Value = Annotated[int, Field(ge=-(2**53), le=2**53)] | FiniteFloat | Annotated[str, Field(pattern=r"^[^\x00]{0,200}$")]


class Place(BaseModel, frozen=True):
    """After which row a sorted list goes on.

    Attributes:
        listing: which list it is of, so that no other takes it.
        value: the row's, in the column that the list is sorted by; None where that is empty.
        newest: the newest row that there was when the list was begun, where that matters.
    """

    listing: str
    value: Value | None
    id: UUID
    newest: UUID | None = None


def write_place(place: Place) -> str:
    """Return the cursor that goes on after a row of a sorted list."""
    return urlsafe_b64encode(place.model_dump_json().encode()).decode().rstrip("=")


def read_place(cursor: str, listing: str) -> Place:
    """Return the row after which a sorted list goes on.

    Raises:
        BadCursor: it is none that we gave, or another list's.
    """
    try:
        place = Place.model_validate_json(urlsafe_b64decode(cursor + "=="))
    except (ValueError, ValidationError):
        raise BadCursor from None
    if place.listing != listing:
        raise BadCursor
    return place
