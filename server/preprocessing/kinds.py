"""What can become of a request."""

from enum import StrEnum


class Status(StrEnum):
    """How a request stands: not answered yet, done, or impossible."""

    ASKED = "asked"
    COMPLETED = "completed"
    FAILED = "failed"
