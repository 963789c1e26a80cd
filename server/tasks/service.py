"""Adding, taking and ending tasks.

All times are the database's own, so that the workers' clocks need not agree.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from server.dispatch.wake import Wake
from server.tasks.models import IS_OPEN, Kind, State, Taken, Task
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork

NOW = func.clock_timestamp()
OVERDUE = and_(Task.state == State.RUNNING, Task.lease_until < NOW)
DUE = or_(and_(Task.state == State.PENDING, Task.run_after <= NOW), OVERDUE)


class Fenced(Exception):  # noqa: N818 - the fence is what it is called
    """The task is no longer this worker's: its lease ran out and another took it, or it was withdrawn."""


async def add(work: UnitOfWork, kind: Kind, subject_id: UUID, *, queue: Queue) -> None:
    """Add a task, unless the same is open already, and call a worker once it is committed."""
    task_id = uuid7()
    row = insert(Task).values(id=task_id, kind=kind, subject_id=subject_id, queue=queue)
    added = await work.session.execute(
        row.on_conflict_do_nothing(index_elements=["subject_id", "kind"], index_where=IS_OPEN).returning(Task.id)
    )
    if added.first() is not None:
        work.wake(Wake(queue, task_id, attempt=0))


async def take(session: AsyncSession, task_id: UUID, lease: timedelta) -> Taken | None:
    """Take a due task, by compare-and-set, for the length of the lease.

    Returns:
        The task, or None when it is not due, done, or held by another worker.
    """
    taken = await session.execute(
        update(Task)
        .where(Task.id == task_id, DUE)
        .values(
            failures=Task.failures + case((OVERDUE, 1), else_=0),
            state=State.RUNNING,
            attempt=Task.attempt + 1,
            lease_until=NOW + lease,
        )
        .returning(Task.id, Task.kind, Task.subject_id, Task.attempt, Task.failures)
    )
    row = taken.one_or_none()
    return Taken(*row) if row is not None else None


async def renew(session: AsyncSession, taken: Taken, lease: timedelta) -> None:
    """Keep the lease for another while.

    Raises:
        Fenced: the task is no longer this worker's.
    """
    await _set(session, taken, lease_until=NOW + lease)


async def hold(session: AsyncSession, taken: Taken) -> None:
    """Make sure, until the transaction ends, that the task is this worker's.

    Raises:
        Fenced: the task is no longer this worker's.
    """
    held = await session.execute(select(Task.id).where(_is_held(taken)).with_for_update())
    if held.first() is None:
        raise _fenced(taken)


async def finish(session: AsyncSession, taken: Taken) -> None:
    """Mark the task done; from here on the row is locked until the transaction ends.

    Raises:
        Fenced: the task is no longer this worker's, and nothing of the transaction may be committed.
    """
    await _set(session, taken, state=State.DONE, finished_at=NOW, error=None)


async def hand_back(session: AsyncSession, taken: Taken) -> None:
    """Let another worker have the task at once, because this one is going away.

    Raises:
        Fenced: the task is no longer this worker's.
    """
    await _set(session, taken, state=State.PENDING, run_after=NOW, lease_until=None)


async def postpone(session: AsyncSession, taken: Taken, error: str, delay: timedelta) -> None:
    """Note a failure and try again after a delay.

    Raises:
        Fenced: the task is no longer this worker's.
    """
    values = {"failures": Task.failures + 1, "error": error, "run_after": NOW + delay}
    await _set(session, taken, state=State.PENDING, lease_until=None, **values)


async def give_up(session: AsyncSession, taken: Taken, error: str) -> None:
    """Mark the task failed for good.

    Raises:
        Fenced: the task is no longer this worker's.
    """
    await _set(session, taken, state=State.FAILED, finished_at=NOW, error=error)


async def withdraw(session: AsyncSession, subject_id: UUID) -> None:
    """End every open task of a subject but its erasure; whoever holds one finds the fence closed.

    What has once been deleted stays so, however many deletes cross each other.
    """
    await session.execute(
        update(Task)
        .where(Task.subject_id == subject_id, Task.kind != Kind.ERASE, IS_OPEN)
        .values(state=State.DONE, finished_at=NOW, error="withdrawn", attempt=Task.attempt + 1)
    )


async def due(session: AsyncSession, queue: Queue, limit: int) -> list[Wake]:
    """List a queue's tasks that wait to be taken, the longest waiting first: new, postponed or abandoned."""
    columns = select(Task.queue, Task.id, Task.attempt).where(Task.queue == queue, DUE)
    rows = await session.execute(columns.order_by(Task.run_after, Task.id).limit(limit))
    return [Wake(*row) for row in rows]


async def _set(session: AsyncSession, taken: Taken, **values: object) -> None:
    changed = await session.execute(update(Task).where(_is_held(taken)).values(**values).returning(Task.id))
    if changed.first() is None:
        raise _fenced(taken)


def _is_held(taken: Taken) -> ColumnElement[bool]:
    return and_(Task.id == taken.id, Task.attempt == taken.attempt, Task.state == State.RUNNING)


def _fenced(taken: Taken) -> Fenced:
    return Fenced(f"task {taken.id} is no longer held by attempt {taken.attempt}")
