"""Opaque cursors of lists that are ordered by id."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from server.problems import Problem


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
