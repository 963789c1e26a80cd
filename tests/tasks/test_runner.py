"""A task ends in exactly one way, whatever happens to its worker."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from server.tasks import service
from server.tasks.models import Kind, State, Taken, Task
from server.tasks.queues import Queue
from server.tasks.runner import Runner
from server.tasks.stage import Failed, NotYet, Outcome, Stage, Unworkable
from server.unit_of_work import UnitOfWork, Units

LEASE = timedelta(seconds=0.6)
MAX_FAILURES = 3


class Desk:
    """A stage whose work is scripted, and which notes what was written, discarded and failed."""

    def __init__(self, units: Units, seconds: float = 10.0) -> None:
        self.units = units
        self.work: Callable[[Taken], Awaitable[None]] = self._nothing
        self.written: list[int] = []
        self.discarded: list[int] = []
        self.cleared: list[int] = []
        self.failed: list[str] = []
        stage = Stage(self._run, self._fail, seconds)
        self.runner = Runner(units, {Kind.INTAKE: stage}, LEASE, MAX_FAILURES)

    async def _nothing(self, _: Taken) -> None: ...

    async def _run(self, taken: Taken) -> Outcome:
        await self.work(taken)

        async def write(_: UnitOfWork) -> None:
            self.written.append(taken.attempt)

        async def after() -> None:
            self.cleared.append(taken.attempt)

        async def discard() -> None:
            self.discarded.append(taken.attempt)

        return Outcome(write, after, discard)

    async def _fail(self, _: UnitOfWork, __: Taken, reason: Unworkable) -> None:
        self.failed.append(reason.code)

    async def add(self) -> UUID:
        """Add a task."""
        subject = uuid4()
        async with self.units.begin() as work:
            await service.add(work, Kind.INTAKE, subject, owner_id=uuid4(), queue=Queue.WORK)
            return (await work.session.execute(select(Task.id).where(Task.subject_id == subject))).scalar_one()

    async def task(self, task_id: UUID) -> Task:
        """Read a task."""
        async with self.units.begin() as work:
            return await work.session.get_one(Task, task_id)

    async def change(self, task_id: UUID, **values: object) -> None:
        """Change a task behind its worker's back."""
        async with self.units.begin() as work:
            await work.session.execute(update(Task).where(Task.id == task_id).values(**values))


@pytest.fixture
def desk(separate_units: Units) -> Desk:
    """A desk that works on committed rows, since lease and work are separate transactions."""
    return Desk(separate_units)


async def test_outcome_is_written_once(desk: Desk) -> None:
    """Called many times at once, a task is done once."""
    task_id = await desk.add()
    await asyncio.gather(*(desk.runner.run_next(Queue.WORK) for _ in range(5)))
    assert (desk.written, desk.cleared, (await desk.task(task_id)).state) == ([1], [1], State.DONE)


async def test_nothing_to_do_is_said(desk: Desk) -> None:
    """A call that finds its queue empty, or hears of another's queue, does nothing."""
    await desk.add()
    assert [await desk.runner.run_next(queue) for queue in (Queue.WHISPER, Queue.WORK, Queue.WORK)] == [
        False,
        True,
        False,
    ]


async def test_lease_is_kept_while_the_work_lasts(desk: Desk) -> None:
    """Work that takes longer than a lease is not taken away from a worker that is alive."""

    async def long(_: Taken) -> None:
        await asyncio.sleep(LEASE.total_seconds() * 2)

    desk.work = long
    task_id = await desk.add()
    running = asyncio.create_task(desk.runner.run_next(Queue.WORK))
    await asyncio.sleep(LEASE.total_seconds() * 1.5)
    await desk.runner.run_next(Queue.WORK)
    await running
    assert (desk.written, (await desk.task(task_id)).attempt) == ([1], 1)


async def test_worker_that_lost_its_task_writes_nothing(desk: Desk) -> None:
    """The fence: an attempt that another has overtaken discards what it made."""

    async def be_overtaken(taken: Taken) -> None:
        await desk.change(taken.id, attempt=taken.attempt + 1)

    desk.work = be_overtaken
    await desk.add()
    await desk.runner.run_next(Queue.WORK)
    assert (desk.written, desk.discarded) == ([], [1])


async def test_work_stops_when_the_lease_is_lost(desk: Desk) -> None:
    """The heartbeat that finds the fence closed ends the work at once."""

    async def be_overtaken_and_linger(taken: Taken) -> None:
        await desk.change(taken.id, attempt=taken.attempt + 1)
        await asyncio.sleep(60)

    desk.work = be_overtaken_and_linger
    await desk.add()
    async with asyncio.timeout(5):
        await desk.runner.run_next(Queue.WORK)
    assert desk.written == []


async def test_failure_is_tried_again_later(desk: Desk) -> None:
    """An unexpected failure postpones the task, with the reason."""

    async def fail(_: Taken) -> None:
        raise OSError("the store is away")

    desk.work = fail
    task_id = await desk.add()
    await desk.runner.run_next(Queue.WORK)
    task = await desk.task(task_id)
    assert (task.state, task.failures) == (State.PENDING, 1)
    assert "the store is away" in (task.error or "")


async def test_failures_come_to_an_end(desk: Desk) -> None:
    """After the last attempt the task has failed for good, and its subject is told why."""

    async def fail(_: Taken) -> None:
        raise OSError

    desk.work = fail
    task_id = await desk.add()
    for _ in range(MAX_FAILURES):
        await desk.change(task_id, run_after=func.now())
        await desk.runner.run_next(Queue.WORK)
    assert (desk.failed, (await desk.task(task_id)).state) == (["processing_failed"], State.FAILED)


async def test_last_attempt_says_what_it_knows(desk: Desk) -> None:
    """A failure that may pass is tried again, and when it did not pass, its own reason is told."""

    async def fail(_: Taken) -> None:
        raise Failed("stalled", "Processing stood still. Try again.")

    desk.work = fail
    task_id = await desk.add()
    for _ in range(MAX_FAILURES):
        assert desk.failed == []
        await desk.change(task_id, run_after=func.now())
        await desk.runner.run_next(Queue.WORK)
    assert desk.failed == ["stalled"]


async def test_task_that_kills_its_workers_is_given_up(desk: Desk) -> None:
    """A task whose workers die on it without a word is not handed out for ever."""
    task_id = await desk.add()
    past = func.clock_timestamp() - timedelta(seconds=1)
    for _ in range(MAX_FAILURES):
        async with desk.units.begin() as work:
            assert await service.take(work.session, Queue.WORK, LEASE)
        await desk.change(task_id, lease_until=past)
    await desk.runner.run_next(Queue.WORK)
    assert (desk.written, desk.failed) == ([], ["processing_failed"])


async def test_unworkable_input_is_not_tried_again(desk: Desk) -> None:
    """What can't ever be worked with fails at once."""

    async def refuse(_: Taken) -> None:
        raise Unworkable("unreadable", "Send another.")

    desk.work = refuse
    task_id = await desk.add()
    await desk.runner.run_next(Queue.WORK)
    assert (desk.failed, (await desk.task(task_id)).state) == (["unreadable"], State.FAILED)


async def test_work_that_can_not_be_done_yet_counts_no_failure(desk: Desk) -> None:
    """However often it is put off, a task is not given up: it waits, due again after its delay."""

    async def put_off(_: Taken) -> None:
        raise NotYet("all places are taken", timedelta(minutes=1), "places")

    desk.work = put_off
    task_id = await desk.add()
    for _ in range(MAX_FAILURES + 1):
        await desk.change(task_id, run_after=func.now())
        assert await desk.runner.run_next(Queue.WORK)
    assert not await desk.runner.run_next(Queue.WORK)
    task = await desk.task(task_id)
    assert (task.state, task.failures, task.waits_for) == (State.PENDING, 0, "places")
    assert (desk.written, desk.failed) == ([], [])


async def test_putting_off_respects_the_fence(desk: Desk) -> None:
    """A worker that has lost its task can't put it off for the one that has it now."""

    async def be_overtaken_and_put_off(taken: Taken) -> None:
        await desk.change(taken.id, attempt=taken.attempt + 1)
        raise NotYet("all places are taken", timedelta(minutes=1), "places")

    desk.work = be_overtaken_and_put_off
    task_id = await desk.add()
    await desk.runner.run_next(Queue.WORK)
    task = await desk.task(task_id)
    assert (task.state, task.attempt, task.waits_for) == (State.RUNNING, 2, None)


async def test_hung_work_is_ended(separate_units: Units) -> None:
    """An attempt that takes longer than its stage may is a failure."""
    desk = Desk(separate_units, seconds=0.1)

    async def hang(_: Taken) -> None:
        await asyncio.sleep(60)

    desk.work = hang
    task_id = await desk.add()
    async with asyncio.timeout(5):
        await desk.runner.run_next(Queue.WORK)
    assert (await desk.task(task_id)).failures == 1


async def test_stopped_worker_hands_its_task_back(desk: Desk) -> None:
    """A worker that is told to stop leaves the task to be taken at once, without a failure counted."""
    begun = asyncio.Event()

    async def wait(_: Taken) -> None:
        begun.set()
        await asyncio.sleep(60)

    desk.work = wait
    task_id = await desk.add()
    running = asyncio.create_task(desk.runner.run_next(Queue.WORK))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    task = await desk.task(task_id)
    assert (task.state, task.failures) == (State.PENDING, 0)


async def test_rubbish_that_stays_undoes_nothing(desk: Desk) -> None:
    """When what became superfluous can't be removed, the outcome stands."""
    task_id = await desk.add()

    class Full(list[int]):
        def append(self, _: int) -> None:
            raise OSError

    desk.cleared = Full()
    await desk.runner.run_next(Queue.WORK)
    assert (desk.written, (await desk.task(task_id)).state) == ([1], State.DONE)
