"""Opaque cursors of lists that are ordered by id."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, TypeVarTuple
from uuid import UUID

from sqlalchemy import Row, Select
from sqlalchemy.orm import InstrumentedAttribute

from server.db.base import Identified
from server.problems import Problem

Columns = TypeVarTuple("Columns")


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
