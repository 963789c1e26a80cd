"""Reading tasks across all owners: how the queues stand, and page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, literal, select, text

from server.admin.schemas import TaskPage, TaskQueueShown, TaskShown
from server.db.cursors import newest_first, next_cursor
from server.tasks.models import IS_OPEN, Kind, State, Task
from server.tasks.queues import Queue
from server.tasks.service import DUE, OVERDUE
from server.unit_of_work import UnitOfWork

COLUMNS = (
    Task.id,
    Task.kind,
    Task.queue,
    Task.state,
    Task.subject_id,
    Task.attempt.label("attempts"),
    Task.failures,
    Task.error,
    Task.created_at,
    Task.run_after,
    Task.finished_at,
)


class Phase(StrEnum):
    """How an open task stands to the workers."""

    DUE = "due"
    LATER = "later"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """How many open tasks of a queue and kind are in a phase; when due, for how many seconds the oldest has been."""

    queue: Queue
    kind: Kind
    phase: Phase
    count: int
    waited: float


async def count_open(work: UnitOfWork) -> list[OpenTasks]:
    """Count the tasks that have not ended."""
    phase = case((DUE, Phase.DUE), (Task.state == State.RUNNING, Phase.RUNNING), else_=Phase.LATER).label("phase")
    since = func.min(case((OVERDUE, Task.lease_until), else_=Task.run_after))
    waited = func.extract("epoch", func.clock_timestamp() - since)
    rows = await work.session.execute(
        select(Task.queue, Task.kind, phase, func.count(), waited)
        .where(IS_OPEN)
        .group_by(Task.queue, Task.kind, text("phase"))
    )
    return [OpenTasks(queue, kind, Phase(name), count, float(seconds)) for queue, kind, name, count, seconds in rows]


async def show_queues(work: UnitOfWork) -> list[TaskQueueShown]:
    """Say how the tasks of each queue stand."""
    counted = await count_open(work)
    failed = await work.session.execute(select(Task.queue, func.count()).where(_is(State.FAILED)).group_by(Task.queue))
    failures = dict(failed.all())
    return [_queue(queue, [one for one in counted if one.queue is queue], failures.get(queue, 0)) for queue in Queue]


async def page(work: UnitOfWork, state: State, kind: Kind | None, limit: int, cursor: str | None) -> TaskPage:
    """Return `limit` tasks in a state, newest first, after the cursor.

    Raises:
        BadCursor: the cursor is none that we gave.
    """
    query = newest_first(select(*COLUMNS).where(_is(state)), Task.id, limit, cursor)
    if kind is not None:
        query = query.where(Task.kind == kind)
    rows = (await work.session.execute(query)).all()
    items = [TaskShown.model_validate(row, from_attributes=True) for row in rows[:limit]]
    return TaskPage(items=items, next_cursor=next_cursor(rows, limit))


def _is(state: State) -> ColumnElement[bool]:
    # Written out, because Postgres takes a partial index only for a condition that it can read beforehand.
    return Task.state == literal(state, Task.state.type, literal_execute=True)


def _queue(queue: Queue, counted: Sequence[OpenTasks], failed: int) -> TaskQueueShown:
    by_phase = {phase: sum(one.count for one in counted if one.phase is phase) for phase in Phase}
    return TaskQueueShown(
        name=queue,
        due=by_phase[Phase.DUE],
        later=by_phase[Phase.LATER],
        running=by_phase[Phase.RUNNING],
        failed=failed,
        oldest_due_seconds=max((one.waited for one in counted if one.phase is Phase.DUE), default=None),
    )
