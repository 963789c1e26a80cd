"""What a stage of work is, and how it says what became true."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from server.tasks.models import Taken
from server.unit_of_work import UnitOfWork

EXHAUSTED = "processing_failed"
"""The code of work that was given up after its last attempt, through no fault of the input that we know of."""


async def _nothing(_: UnitOfWork) -> None:
    """Write nothing: what was to be done is in the past already."""


async def _keep() -> None:
    """Remove nothing: the stage left nothing outside the database."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a stage has to write, in the transaction that finishes its task.

    `after` removes what the committed outcome made superfluous outside the database; `discard`
    removes what the stage left there, when the fence forbids the writing.
    """

    write: Callable[[UnitOfWork], Awaitable[None]] = _nothing
    after: Callable[[], Awaitable[None]] = _keep
    discard: Callable[[], Awaitable[None]] = _keep


class _Reason(Exception):  # noqa: N818 - its kinds say how it stands
    """Why the work did not succeed.

    Attributes:
        code: a stable word for programs.
        reason: a sentence for people that says what to do.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Unworkable(_Reason):
    """The input can't be worked with, now or later; no retry helps."""


class Failed(_Reason):
    """The work went wrong in a way that another attempt may not; when the last one has, this is why."""


class NotYet(Exception):  # noqa: N818 - says how it stands
    """The work can't be done now, through no fault; the worker is free meanwhile, and nothing counts as failed.

    Attributes:
        delay: after how long to look again at the latest.
        waits_for: what is all in use, by the name under which `service.admit` lets the next one go on.
    """

    def __init__(self, why: str, delay: timedelta, waits_for: str | None = None) -> None:
        super().__init__(why)
        self.delay = delay
        self.waits_for = waits_for


@dataclass(frozen=True, slots=True)
class Stage:
    """One kind of work: how to do it, and what to write when it has failed for good."""

    run: Callable[[Taken], Awaitable[Outcome]]
    fail: Callable[[UnitOfWork, Taken, Unworkable], Awaitable[None]]
    seconds: float
    """How long one attempt may take before it counts as hung."""
