"""The rows of background work."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified, words
from server.tasks.queues import Queue


class Kind(StrEnum):
    """What there is to do; the order of doing is `pipeline/flow.py`'s."""

    INTAKE = "intake"
    TRANSCODE = "transcode"
    TRANSCRIBE = "transcribe"
    ERASE = "erase"


class State(StrEnum):
    """How far a task has come."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


IS_OPEN = text("state IN ('pending', 'running')")
"""Literal, because Postgres matches `ON CONFLICT` to its partial index by the text of the condition."""


class Task(Identified, Base):
    """One thing to do for one subject; at most one such task is open at a time.

    `attempt` counts the takings and is the fence; `failures` counts those that went wrong.
    """

    __tablename__ = "tasks"

    kind: Mapped[Kind] = mapped_column(words(Kind))
    subject_id: Mapped[UUID]
    queue: Mapped[Queue] = mapped_column(words(Queue))
    state: Mapped[State] = mapped_column(words(State), default=State.PENDING)
    attempt: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    lease_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    error: Mapped[str | None]

    __table_args__ = (
        Index(
            "uq_tasks_open_subject_id_kind",
            "subject_id",
            "kind",
            unique=True,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_tasks_pending_run_after", "run_after", postgresql_where=text("state = 'pending'")),
        Index("ix_tasks_running_lease_until", "lease_until", postgresql_where=text("state = 'running'")),
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """A task as one worker holds it."""

    id: UUID
    kind: Kind
    subject_id: UUID
    attempt: int
    failures: int
