"""Whose turn it is: owners alternate, and none waits behind another's thousand."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from server.tasks import service
from server.tasks.models import Kind, Taken
from server.tasks.queues import Queue
from server.tasks.stage import NotYet
from server.unit_of_work import UnitOfWork, Units

LEASE = timedelta(seconds=30)
ANN, BEN = uuid4(), uuid4()


async def add(work: UnitOfWork, owner_id: UUID, count: int) -> list[UUID]:
    """Add tasks of one owner, and name their subjects."""
    subjects = [uuid4() for _ in range(count)]
    for subject in subjects:
        await service.add(work, Kind.INTAKE, subject, owner_id=owner_id, queue=Queue.WORK)
    return subjects


async def take(work: UnitOfWork) -> Taken:
    """Take the next task, which must be there."""
    taken = await service.take(work.session, Queue.WORK, LEASE)
    assert taken is not None
    return taken


async def owners(work: UnitOfWork, count: int) -> Sequence[UUID]:
    """Do the next tasks one after the other, and say whose they were."""
    taken = []
    for _ in range(count):
        taken.append(await take(work))
        await service.finish(work.session, taken[-1])
    return [task.owner_id for task in taken]


async def test_five_hundred_of_one_do_not_hold_up_another(work: UnitOfWork) -> None:
    """Whoever comes with one task is served first or second, however many another has brought."""
    await add(work, ANN, 500)
    await owners(work, 3)
    await add(work, BEN, 1)
    assert BEN in await owners(work, 2)


async def test_five_hundred_under_way_do_not_hold_up_another(work: UnitOfWork) -> None:
    """Many workers busy with one owner's tasks make no difference: the next that is free serves the other."""
    await add(work, ANN, 20)
    for _ in range(8):
        await take(work)
    await add(work, BEN, 1)
    assert BEN in {(await take(work)).owner_id for _ in range(2)}


async def test_owners_alternate(work: UnitOfWork) -> None:
    """Two owners with much to do are served in turn, whoever came first."""
    await add(work, ANN, 4)
    await add(work, BEN, 4)
    assert await owners(work, 8) == [ANN, BEN] * 4


async def test_an_owners_own_order_is_kept(work: UnitOfWork) -> None:
    """Among one's own, what was sent first is done first."""
    await add(work, BEN, 2)
    mine = await add(work, ANN, 5)
    taken = [await take(work) for _ in range(7)]
    assert [task.subject_id for task in taken if task.owner_id == ANN] == mine


async def test_idle_time_saves_nothing_up(work: UnitOfWork) -> None:
    """Who comes late begins where the queue now is: the others are not held up in return."""
    await add(work, ANN, 6)
    await owners(work, 3)
    await add(work, BEN, 6)
    assert (await owners(work, 6)).count(ANN) == 3


async def test_task_that_waits_does_not_hold_the_queue(work: UnitOfWork) -> None:
    """Those behind a task that failed or was put off go on, and newcomers aren't placed behind it."""
    await add(work, ANN, 4)
    await service.postpone(work.session, await take(work), "boom", timedelta(minutes=1))
    await service.defer(work, await take(work), NotYet("no room", timedelta(minutes=1), "room"))
    await add(work, BEN, 1)
    assert sorted(await owners(work, 3)) == sorted([ANN, ANN, BEN])
    assert await service.take(work.session, Queue.WORK, LEASE) is None


async def test_each_task_is_taken_by_one(separate_units: Units) -> None:
    """However many workers ask at once, each gets a task of its own, and none waits for another."""
    async with separate_units.begin() as work:
        subjects = await add(work, ANN, 6)

    async def ask() -> UUID | None:
        async with separate_units.begin() as work:
            taken = await service.take(work.session, Queue.WORK, LEASE)
            await asyncio.sleep(0.05)  # the row stays locked while the others look
        return taken.subject_id if taken else None

    async with asyncio.timeout(5):
        found = await asyncio.gather(*(ask() for _ in range(8)))
    assert sorted(subject for subject in found if subject) == sorted(subjects)


async def test_task_that_goes_on_for_hours_does_not_hold_the_turns_back(work: UnitOfWork) -> None:
    """Whoever comes while another's first task is still being done takes turns with what that other waits for now."""
    await add(work, ANN, 60)
    await take(work)
    await owners(work, 30)
    await add(work, BEN, 20)
    assert (await owners(work, 20)).count(BEN) == 10


async def test_work_asked_for_anew_gets_a_new_turn(separate_units: Units) -> None:
    """Many old items that are all to be worked on again don't go before another's one."""
    subjects = []
    for _ in range(10):
        async with separate_units.begin() as work:
            subjects += await add(work, ANN, 1)
        async with separate_units.begin() as work:
            await owners(work, 1)
    async with separate_units.begin() as work:
        for subject in subjects:
            await service.add(work, Kind.ERASE, subject, owner_id=ANN, queue=Queue.WORK)
    async with separate_units.begin() as work:
        await add(work, BEN, 1)
    async with separate_units.begin() as work:
        assert BEN in await owners(work, 2)


async def test_what_follows_keeps_its_turn(separate_units: Units) -> None:
    """What was begun is ended before more of the same owner's is begun."""
    async with separate_units.begin() as work:
        subjects = await add(work, ANN, 3)
    async with separate_units.begin() as work:
        taken = await take(work)
        await service.finish(work.session, taken)
        await service.add(work, Kind.TRANSCODE, taken.subject_id, owner_id=ANN, queue=Queue.WORK)
    async with separate_units.begin() as work:
        following = await take(work)
    assert (following.kind, following.subject_id) == (Kind.TRANSCODE, subjects[0])
