"""Durable tasks: lease, fence, and one open task for each subject and kind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from server.tasks import service
from server.tasks.models import Kind, State, Taken, Task
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=30)
OWNER = uuid4()


@pytest.fixture
async def task(work: UnitOfWork) -> Task:
    """A task that is due."""
    subject = uuid4()
    await service.add(work, Kind.INTAKE, subject, owner_id=OWNER, queue=Queue.WORK)
    return (await work.session.execute(select(Task).where(Task.subject_id == subject))).scalar_one()


async def take(work: UnitOfWork, task: Task) -> Taken:
    """Take a task that must be there to take."""
    taken = await service.take(work.session, task.queue, LEASE)
    assert taken is not None
    return taken


async def let_lease_end(work: UnitOfWork, task: Task) -> None:
    """Move the end of the lease into the past."""
    past = func.clock_timestamp() - timedelta(seconds=1)
    await work.session.execute(update(Task).where(Task.id == task.id).values(lease_until=past))


async def test_open_task_is_not_added_twice(work: UnitOfWork, task: Task) -> None:
    """The same work for the same subject is one task while it is open, and a new one afterwards."""
    await service.add(work, Kind.INTAKE, task.subject_id, owner_id=OWNER, queue=Queue.WORK)
    await service.add(work, Kind.ERASE, task.subject_id, owner_id=OWNER, queue=Queue.WORK)
    count = select(func.count()).where(Task.subject_id == task.subject_id)
    assert await work.session.scalar(count) == 2
    await service.finish(work.session, await take(work, task))
    await service.add(work, Kind.INTAKE, task.subject_id, owner_id=OWNER, queue=Queue.WORK)
    assert await work.session.scalar(count) == 3


async def test_adding_calls_a_worker_once(work: UnitOfWork) -> None:
    """A call goes out for the task that was added, none for the double."""
    subject = uuid4()
    for _ in range(2):
        await service.add(work, Kind.TRANSCRIBE, subject, owner_id=OWNER, queue=Queue.WHISPER)
    assert [(wake.queue, wake.attempt) for wake in work.wakes] == [(Queue.WHISPER, 0)]


async def test_held_task_is_not_taken_again(work: UnitOfWork, task: Task) -> None:
    """One worker holds it for the length of its lease."""
    assert (await take(work, task)).attempt == 1
    assert await service.take(work.session, task.queue, LEASE) is None


async def test_task_of_a_dead_worker_is_taken_over(work: UnitOfWork, task: Task) -> None:
    """When the lease has run out, another takes it; the first one's fence is closed."""
    first = await take(work, task)
    await let_lease_end(work, task)
    second = await take(work, task)
    assert (second.attempt, second.failures) == (2, 1)
    for late in (service.finish, service.hand_back, service.hold):
        with pytest.raises(service.Fenced):
            await late(work.session, first)
    with pytest.raises(service.Fenced):
        await service.renew(work.session, first, LEASE)
    await service.finish(work.session, second)


async def test_postponed_task_waits(work: UnitOfWork, task: Task) -> None:
    """After a failure the task is not due before its delay."""
    await service.postpone(work.session, await take(work, task), "boom", timedelta(minutes=1))
    assert await service.take(work.session, task.queue, LEASE) is None
    await work.session.refresh(task)
    assert (task.state, task.failures, task.error) == (State.PENDING, 1, "boom")


async def test_handing_back_counts_as_no_failure(work: UnitOfWork, task: Task) -> None:
    """A worker that is stopped leaves the task as good as it was."""
    await service.hand_back(work.session, await take(work, task))
    again = await take(work, task)
    assert (again.attempt, again.failures) == (2, 0)


async def test_withdrawn_task_fences_its_worker(work: UnitOfWork, task: Task) -> None:
    """When the subject is deleted, whoever works on it writes nothing."""
    taken = await take(work, task)
    await service.withdraw(work.session, task.subject_id)
    with pytest.raises(service.Fenced):
        await service.finish(work.session, taken)


async def test_due_lists_what_nobody_looks_at(work: UnitOfWork, task: Task) -> None:
    """New and abandoned tasks are due; held, postponed and finished ones are not."""

    async def is_due() -> bool:
        return task.id in {wake.task_id for wake in await service.due(work.session, Queue.WORK, 1000)}

    assert await is_due()
    taken = await take(work, task)
    assert not await is_due()
    await let_lease_end(work, task)
    assert await is_due()
    taken = await take(work, task)
    await service.postpone(work.session, taken, "boom", timedelta(minutes=1))
    assert not await is_due()
