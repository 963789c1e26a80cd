"""Tasks that are left for later, and what lets them go on."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from server.tasks import service
from server.tasks.models import Kind, State, Taken, Task
from server.tasks.queues import Queue
from server.tasks.stage import NotYet
from server.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=30)
LATER = timedelta(minutes=1)
ROOM = "room"


async def add(work: UnitOfWork, delay: timedelta = timedelta(), kind: Kind = Kind.SUBMIT) -> UUID:
    """Add a task of an owner of its own, and name its subject."""
    subject = uuid4()
    await service.add(work, kind, subject, owner_id=uuid4(), queue=Queue.WORK, delay=delay)
    return subject


async def take(work: UnitOfWork) -> Taken | None:
    """Take the next task, if there is one."""
    return await service.take(work.session, Queue.WORK, LEASE)


async def put_off(work: UnitOfWork, waits_for: str | None = ROOM) -> Taken:
    """Take the next task and put it off."""
    taken = await take(work)
    assert taken is not None
    await service.defer(work, taken, NotYet("all are in use", LATER, waits_for))
    return taken


async def read(work: UnitOfWork, subject: UUID) -> Task:
    """Read a subject's task."""
    query = select(Task).where(Task.subject_id == subject).execution_options(populate_existing=True)
    return (await work.session.execute(query)).scalar_one()


async def test_putting_off_counts_no_failure(work: UnitOfWork) -> None:
    """The task waits with its reason, and what went wrong before is neither forgotten nor added to."""
    subject = await add(work)
    taken = await take(work)
    assert taken is not None
    await service.postpone(work.session, taken, "boom", timedelta())
    await put_off(work)
    task = await read(work, subject)
    assert (task.state, task.failures, task.waits_for, task.error) == (State.PENDING, 1, ROOM, "all are in use")
    assert await take(work) is None


async def test_room_goes_to_the_next_in_turn(work: UnitOfWork) -> None:
    """As many go on as there is room for, those whose turn it was first, and a worker is called for each."""
    subjects = [await add(work) for _ in range(4)]
    for _ in subjects:
        await put_off(work)
    work.wakes.clear()
    await service.admit(work, ROOM, 2)
    first = [await take(work), await take(work), await take(work)]
    assert [taken and taken.subject_id for taken in first] == [*subjects[:2], None]
    assert [wake.task_id for wake in work.wakes] == [taken.id for taken in first if taken]
    await service.admit(work, ROOM)
    third = await take(work)
    assert third is not None
    assert third.subject_id == subjects[2]


async def test_room_of_one_kind_is_not_that_of_another(work: UnitOfWork) -> None:
    """Only those go on that wait for what has become free."""
    await add(work)
    await put_off(work, "another room")
    await service.admit(work, ROOM)
    assert (await take(work), work.wakes[1:]) == (None, [])


async def test_task_goes_on_by_itself_when_nobody_admits_it(work: UnitOfWork) -> None:
    """After its delay it is due all the same, and no longer counts as waiting once it is taken."""
    subject = await add(work)
    await put_off(work)
    await work.session.execute(update(Task).values(run_after=func.clock_timestamp()))
    assert await take(work) is not None
    assert (await read(work, subject)).waits_for is None


async def test_delayed_task_is_hastened(work: UnitOfWork) -> None:
    """What was to be looked at later is due at once, with one call; what isn't there isn't hastened."""
    subject = await add(work, LATER, Kind.COLLECT)
    assert (await take(work), work.wakes) == (None, [])
    assert not await service.hasten(work, Kind.SUBMIT, subject)
    assert await service.hasten(work, Kind.COLLECT, subject)
    assert len(work.wakes) == 1
    taken = await take(work)
    assert taken is not None
    await service.finish(work.session, taken)
    assert not await service.hasten(work, Kind.COLLECT, subject)


async def test_news_in_the_middle_of_a_look_is_not_lost(work: UnitOfWork) -> None:
    """A task that is hastened while it is held, and then put off because it saw too little, is due at once."""
    subject = await add(work)
    taken = await take(work)
    assert taken is not None
    work.wakes.clear()
    assert await service.hasten(work, Kind.SUBMIT, subject)
    assert (await take(work), work.wakes) == (None, [])
    await service.defer(work, taken, NotYet("the job is under way", LATER))
    assert [wake.task_id for wake in work.wakes] == [taken.id]
    assert await take(work) is not None


async def test_task_that_was_taken_over_is_not_put_off(work: UnitOfWork) -> None:
    """A worker whose lease ran out can't put off what another works on, nor what was withdrawn."""
    subject = await add(work)
    first = await take(work)
    assert first is not None
    past = func.clock_timestamp() - LATER
    await work.session.execute(update(Task).where(Task.id == first.id).values(lease_until=past))
    second = await take(work)
    assert second is not None
    with pytest.raises(service.Fenced):
        await service.defer(work, first, NotYet("all are in use", LATER, ROOM))
    await service.withdraw(work.session, subject)
    with pytest.raises(service.Fenced):
        await service.defer(work, second, NotYet("all are in use", LATER, ROOM))


async def test_withdrawn_task_takes_no_room(work: UnitOfWork) -> None:
    """When the subject of a waiting task is deleted, the room goes to the one behind."""
    subjects = [await add(work), await add(work)]
    for _ in subjects:
        await put_off(work)
    await service.withdraw(work.session, subjects[0])
    await service.admit(work, ROOM)
    taken = await take(work)
    assert taken is not None
    assert taken.subject_id == subjects[1]


async def test_attempts_under_way_are_named(work: UnitOfWork) -> None:
    """As the keys of their objects name them; what waits or has ended is not under way."""
    await add(work)
    await put_off(work)
    await add(work)
    held = await take(work)
    assert held is not None
    assert await service.held_attempts(work.session) == {f"{held.id.hex}-1"}
    await service.finish(work.session, held)
    assert await service.held_attempts(work.session) == set()


async def test_ended_tasks_are_forgotten_after_a_while(work: UnitOfWork) -> None:
    """Old ended tasks go; young ones and those that are open stay, however old."""
    old, young, waiting = [await add(work) for _ in range(3)]
    for subject, age in ((old, timedelta(days=31)), (young, timedelta(days=29))):
        ended = {"state": State.DONE, "finished_at": func.now() - age}
        await work.session.execute(update(Task).where(Task.subject_id == subject).values(**ended))
    long_ago = func.now() - timedelta(days=99)
    await work.session.execute(update(Task).where(Task.subject_id == waiting).values(run_after=long_ago))
    await service.forget_ended(work.session, timedelta(days=30))
    left = set((await work.session.execute(select(Task.subject_id))).scalars())
    assert left == {young, waiting}
