"""Adding, taking and ending tasks.

All times are the database's own, so that the workers' clocks need not agree.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from server.dispatch.wake import Wake
from server.tasks.models import IS_OPEN, Kind, State, Taken, Task
from server.tasks.queues import Queue
from server.tasks.stage import NotYet
from server.unit_of_work import UnitOfWork

NOW = func.clock_timestamp()
OVERDUE = and_(Task.state == State.RUNNING, Task.lease_until < NOW)
DUE = or_(and_(Task.state == State.PENDING, Task.run_after <= NOW), OVERDUE)

REMOVING = (Kind.ERASE, Kind.PURGE)


class Fenced(Exception):  # noqa: N818 - the fence is what it is called
    """The task is no longer this worker's: its lease ran out and another took it, or it was withdrawn."""


async def add(  # noqa: PLR0913 - each is a column of its own
    work: UnitOfWork,
    kind: Kind,
    subject_id: UUID,
    *,
    owner_id: UUID,
    queue: Queue,
    delay: timedelta = timedelta(),
) -> bool:
    """Add a task, unless the same is open already; once it is committed, call a worker for what is due.

    Returns:
        Whether it was added.
    """
    values = {
        "id": uuid7(),
        "kind": kind,
        "subject_id": subject_id,
        "owner_id": owner_id,
        "queue": queue,
        "turn": _next_turn(subject_id, owner_id, queue),
        "run_after": NOW + delay,
    }
    added = await work.session.execute(
        insert(Task)
        .values(values)
        .on_conflict_do_nothing(index_elements=["subject_id", "kind"], index_where=IS_OPEN)
        .returning(Task.id)
    )
    row = added.first()
    if row is not None and not delay:
        work.wake(Wake(queue, row.id, attempt=0))
    return row is not None


def _next_turn(subject_id: UUID, owner_id: UUID, queue: Queue) -> ColumnElement[int]:
    """Place a task so that the owners of a queue take turns: start-time fair queueing, each subject costing one.

    An owner's subjects follow one another; whoever comes new begins where the queue now is, and one task that goes on
    for hours doesn't hold that back. What follows from a piece of work keeps its turn, so that what was begun is ended
    before more is begun; what is asked for anew, of a subject that was done with, gets a new one.

    Source: Goyal, Vin and Cheng, "Start-time fair queueing", IEEE/ACM Transactions on Networking 5(5), 1997.
    """
    running = and_(Task.queue == queue, IS_OPEN, Task.state == State.RUNNING)
    waiting = and_(Task.queue == queue, IS_OPEN, Task.state == State.PENDING, Task.run_after <= NOW)
    latest, next_one = select(func.max(Task.turn)).where(running), select(func.min(Task.turn)).where(waiting)
    head = func.coalesce(func.greatest(latest.scalar_subquery(), next_one.scalar_subquery()), 0)
    own = and_(or_(running, waiting), Task.owner_id == owner_id)
    last_own = select(func.max(Task.turn) + 1).where(own).scalar_subquery()
    # Its task ends in this very transaction, or not before it.
    same_work = or_(Task.finished_at.is_(None), Task.finished_at >= func.now())
    of_subject = and_(Task.subject_id == subject_id, Task.queue == queue, same_work)
    earlier = select(Task.turn).where(of_subject).order_by(Task.id.desc())
    return func.coalesce(earlier.limit(1).scalar_subquery(), func.greatest(last_own, head))


async def take(session: AsyncSession, queue: Queue, lease: timedelta, *, kind: Kind | None = None) -> Taken | None:
    """Take the task whose turn it is among those of a queue, or of one kind, that are due, for the length of the lease.

    Returns:
        The task, or None when none is due that isn't being taken by another worker.
    """
    chosen = select(Task.id, Task.run_after).where(Task.queue == queue, IS_OPEN, DUE).order_by(Task.turn, Task.id)
    if kind is not None:
        chosen = chosen.where(Task.kind == kind)
    next_one = chosen.limit(1).with_for_update(skip_locked=True).cte("next_one")
    taken = await session.execute(
        update(Task)
        .where(Task.id == next_one.c.id)
        .values(
            failures=Task.failures + case((OVERDUE, 1), else_=0),
            state=State.RUNNING,
            attempt=Task.attempt + 1,
            waits_for=None,
            taken_at=NOW,
            lease_until=NOW + lease,
        )
        .returning(
            Task.id,
            Task.kind,
            Task.subject_id,
            Task.owner_id,
            Task.attempt,
            Task.failures,
            func.extract("epoch", NOW - next_one.c.run_after),
        )
    )
    row = taken.one_or_none()
    return Taken(*row[:-1], late=float(row[-1])) if row is not None else None


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


async def defer(work: UnitOfWork, taken: Taken, reason: NotYet) -> None:
    """Leave the task for later, without counting a failure; one that was hastened meanwhile is due at once.

    Raises:
        Fenced: the task is no longer this worker's.
    """
    values = {"run_after": NOW + reason.delay, "waits_for": reason.waits_for, "error": str(reason)}
    hastened = select(Task.run_after > Task.taken_at).where(_is_held(taken)).with_for_update()
    is_due = await work.session.scalar(hastened)
    await _set(work.session, taken, state=State.PENDING, lease_until=None, **values)
    if is_due:
        await _make_due(work, Task.id == taken.id)


async def hasten(work: UnitOfWork, kind: Kind, subject_id: UUID) -> bool:
    """Make a task due that was to be looked at later; one that is being looked at just now is looked at again.

    Returns:
        Whether there was one.
    """
    return await _make_due(work, and_(Task.subject_id == subject_id, Task.kind == kind, IS_OPEN))


async def have_done(work: UnitOfWork, kind: Kind, subject_id: UUID, *, owner_id: UUID, queue: Queue) -> None:
    """Have a task done with what is true once this is committed: a new one, or the one that is open already.

    Until then, nobody else changes the task: one that is under way can't end, and looks then whether it has missed
    something. So whoever holds its subject, and hasn't held the task before, may wait for somebody who waits for the
    subject.
    """
    while not await hasten(work, kind, subject_id):
        # Not added: somebody else did so, and has committed it by now.
        if await add(work, kind, subject_id, owner_id=owner_id, queue=queue):
            return


async def admit(work: UnitOfWork, waits_for: str, count: int = 1) -> None:
    """Let the next ones go on that wait for what has become free."""
    waiting = select(Task.id).where(Task.waits_for == waits_for).order_by(Task.turn, Task.id).limit(count)
    # A table of its own, so that it is read once, and never waits for whoever else admits.
    chosen = waiting.with_for_update(skip_locked=True).cte("chosen")
    await _make_due(work, Task.id == chosen.c.id)


async def _make_due(work: UnitOfWork, chosen: ColumnElement[bool]) -> bool:
    changed = update(Task).where(chosen).values(run_after=NOW, waits_for=None)
    rows = (await work.session.execute(changed.returning(Task.state, Task.queue, Task.id, Task.attempt))).all()
    for state, queue, task_id, attempt in rows:
        if state is State.PENDING:
            work.wake(Wake(queue, task_id, attempt))
    return bool(rows)


async def give_up(session: AsyncSession, taken: Taken, error: str) -> None:
    """Mark the task failed for good.

    Raises:
        Fenced: the task is no longer this worker's.
    """
    await _set(session, taken, state=State.FAILED, finished_at=NOW, error=error)


async def withdraw(session: AsyncSession, subject_id: UUID) -> None:
    """End every open task of a subject but its removal; whoever holds one finds the fence closed.

    What has once been deleted stays so, however many deletes cross each other.
    """
    await session.execute(
        update(Task)
        .where(Task.subject_id == subject_id, Task.kind.not_in(REMOVING), IS_OPEN)
        .values(state=State.DONE, finished_at=NOW, waits_for=None, error="withdrawn", attempt=Task.attempt + 1)
    )


async def due(session: AsyncSession, queue: Queue, limit: int) -> list[Wake]:
    """List a queue's tasks that wait to be taken, in their order: new, postponed or abandoned."""
    columns = select(Task.queue, Task.id, Task.attempt).where(Task.queue == queue, IS_OPEN, DUE)
    rows = await session.execute(columns.order_by(Task.turn, Task.id).limit(limit))
    return [Wake(*row) for row in rows]


async def is_open(session: AsyncSession, kind: Kind, subject_id: UUID) -> bool:
    """Say whether there is such a task that waits or is being done."""
    found = await session.execute(select(Task.id).where(Task.subject_id == subject_id, Task.kind == kind, IS_OPEN))
    return found.first() is not None


async def was_hastened(session: AsyncSession, taken: Taken) -> bool:
    """Say whether a task was to be looked at again since it was taken; asked once it is finished, nothing is missed."""
    query = select(Task.run_after > Task.taken_at).where(Task.id == taken.id)
    return bool(await session.scalar(query))


async def count_waiting(session: AsyncSession, waits_for: str) -> int:
    """Count the tasks that wait for the same."""
    return await session.scalar(select(func.count()).where(Task.waits_for == waits_for)) or 0


async def held_attempts(session: AsyncSession) -> set[str]:
    """Name the attempts that are under way, as `{task}-{attempt}`."""
    rows = await session.execute(select(Task.id, Task.attempt).where(IS_OPEN, Task.state == State.RUNNING))
    return {f"{task_id.hex}-{attempt}" for task_id, attempt in rows}


async def forget_ended(session: AsyncSession, age: timedelta) -> None:
    """Remove tasks that ended that long ago."""
    await session.execute(delete(Task).where(Task.finished_at < NOW - age))


async def _set(session: AsyncSession, taken: Taken, **values: object) -> None:
    changed = await session.execute(update(Task).where(_is_held(taken)).values(**values).returning(Task.id))
    if changed.first() is None:
        raise _fenced(taken)


def _is_held(taken: Taken) -> ColumnElement[bool]:
    return and_(Task.id == taken.id, Task.attempt == taken.attempt, Task.state == State.RUNNING)


def _fenced(taken: Taken) -> Fenced:
    return Fenced(f"task {taken.id} is no longer held by attempt {taken.attempt}")
