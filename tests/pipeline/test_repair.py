"""Finding what is overdue."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select

from server.pipeline.repair import Swept, sweep
from server.pipeline.tidy import SUBJECT
from server.tasks import service as tasks
from server.tasks.models import Kind, Task
from server.tasks.queues import Queue
from server.uploads.models import GRACE
from tests.pipeline.conftest import Bench


async def swept(bench: Bench, *, thoroughly: bool = False) -> Swept:
    """Sweep once."""
    async with bench.tools.units.begin() as work:
        return await sweep(work, bench.tools.settings, thoroughly=thoroughly)


async def test_overdue_uploads_are_looked_at_once(bench: Bench, tmp_path: Path) -> None:
    """Each gets one task, however often it is swept; those whose address is good, and the decided, get none."""
    overdue = await bench.upload(b"x", tmp_path, expires_at=datetime.now(UTC) - 2 * GRACE)
    pending = await bench.upload(b"x", tmp_path)
    decided = await bench.upload(b"x", tmp_path, status="rejected", expires_at=datetime.now(UTC) - 2 * GRACE)
    assert [(await swept(bench)).overdue for _ in range(2)] == [1, 1]
    assert await bench.waiting(overdue.id) == [Kind.EXPIRE]
    assert (await bench.waiting(pending.id), await bench.waiting(decided.id)) == ([], [])


async def test_workers_are_called_for_what_is_due(bench: Bench) -> None:
    """Tasks of every queue that wait to be taken are called for; delayed ones are not."""
    later = timedelta(hours=1)
    async with bench.tools.units.begin() as work:
        for queue in Queue:
            await tasks.add(work, Kind.TRANSCRIBE, uuid4(), owner_id=bench.owner, queue=queue)
        await tasks.add(work, Kind.COLLECT, uuid4(), owner_id=bench.owner, queue=Queue.WORK, delay=later)
    async with bench.tools.units.begin() as work:
        assert (await sweep(work, bench.tools.settings)).due == len(Queue)
        assert {wake.queue for wake in work.wakes} == set(Queue)


async def test_buckets_are_gone_through_now_and_then(bench: Bench) -> None:
    """One round is always planned, for later; whoever wants it has it now, and it is still one."""

    async def planned() -> list[bool]:
        async with bench.tools.units.begin() as work:
            due = select(Task.run_after <= datetime.now(UTC)).where(Task.subject_id == SUBJECT)
            return list((await work.session.execute(due)).scalars())

    assert [(await swept(bench)).tidying, await planned()] == [False, [False]]
    assert [(await swept(bench)).tidying, await planned()] == [False, [False]]
    assert [(await swept(bench, thoroughly=True)).tidying, await planned()] == [True, [True]]
    await swept(bench)
    assert await planned() == [True]
