"""The rows of background work."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified, words
from server.tasks.queues import Queue


class Kind(StrEnum):
    """What there is to do; the order of doing is `pipeline/flow.py`'s."""

    INTAKE = "intake"
    EXPIRE = "expire"
    TRANSCODE = "transcode"
    TRANSCRIBE = "transcribe"
    SUBMIT = "submit"
    COLLECT = "collect"
    ERASE = "erase"
    AGGREGATE = "aggregate"
    PUBLISH = "publish"
    ASSESS = "assess"
    PURGE = "purge"
    TIDY = "tidy"
    EXPORT = "export"
    BUNDLE = "bundle"
    STORE_TEXT = "store_text"
    MAIL = "mail"
    DELIVER = "deliver"
    PREPROCESS = "preprocess"
    PICTURES = "pictures"
    REMAKE = "remake"
    LEAVE = "leave"


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

    `attempt` counts the takings and is the fence; `failures` counts those that went wrong. `turn` orders the tasks of
    a queue so that the owners take turns; `waits_for` names what a task needs that was all in use.
    """

    __tablename__ = "tasks"

    kind: Mapped[Kind] = mapped_column(words(Kind))
    subject_id: Mapped[UUID]
    owner_id: Mapped[UUID] = mapped_column(server_default=text("'00000000-0000-0000-0000-000000000000'"))
    queue: Mapped[Queue] = mapped_column(words(Queue))
    state: Mapped[State] = mapped_column(words(State), default=State.PENDING)
    attempt: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    waits_for: Mapped[str | None]
    run_after: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    taken_at: Mapped[datetime | None]
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
        Index("ix_tasks_subject_id_queue", "subject_id", "queue"),
        Index("ix_tasks_open_queue_turn_id", "queue", "turn", "id", postgresql_where=IS_OPEN),
        Index("ix_tasks_open_owner_id_queue", "owner_id", "queue", postgresql_where=IS_OPEN),
        Index("ix_tasks_waits_for", "waits_for", "turn", "id", postgresql_where=text("waits_for IS NOT NULL")),
        Index("ix_tasks_failed_id", "id", postgresql_where=text("state = 'failed'")),
        Index("ix_tasks_finished_at", "finished_at", postgresql_where=text("finished_at IS NOT NULL")),
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """A task as one worker holds it; `late` is for how many seconds it was due before it was taken."""

    id: UUID
    kind: Kind
    subject_id: UUID
    owner_id: UUID
    attempt: int
    failures: int
    late: float = 0.0
    taken_at: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """For how long it has been held."""
        return time.monotonic() - self.taken_at
