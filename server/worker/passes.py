"""One pass over what recitals wait for, beside the workers: `python -m server.worker.passes aggregate|publish`.

It takes tasks as a worker does, by lease and fence, so that it is safe however many others do so too. The exit status
is 1 when something failed, 2 when the settings are wrong.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from server.observability.logging import configure_logging
from server.recitals.ending import end_idle
from server.recitals.models import Recital
from server.recitals.repository import RecitalRepository
from server.settings import Settings, start_settings
from server.tasks import service as tasks
from server.tasks.models import IS_OPEN, Kind, State, Taken, Task
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork, Units
from server.worker.opening import Opened, open_runner

AT_ONCE = 1_000


class Failure(BaseModel):
    """A recital with which it went wrong, and how; unless it has been given up, workers try again."""

    id: UUID
    error: str


class Passed(BaseModel):
    """What a pass did: recitals with which it is done, with which it went wrong, and that others work on or wait."""

    done: list[UUID]
    failed: list[Failure]
    left: list[UUID]


async def run_pass(opened: Opened, kind: Literal[Kind.AGGREGATE, Kind.PUBLISH]) -> Passed:
    """Do every task of a kind that is due or has been given up, each at most once.

    Before recitals are aggregated, those are ended that gave no sign of life for too long.
    """
    units = opened.tools.units
    async with units.begin() as work:
        await _add(work, await _waiting(work, opened.tools.settings, kind), kind)
    done: list[UUID] = []
    failed: dict[UUID, Failure] = {}
    seen: set[UUID] = set()
    while (taken := await opened.runner.run_one(Queue.WORK, kind)) and taken.id not in seen:
        seen.add(taken.id)
        ended = await _read(units, taken)
        if ended.state is State.DONE:
            done.append(taken.subject_id)
        elif ended.state is State.FAILED or ended.failures > taken.failures:
            failed[taken.subject_id] = Failure(id=taken.subject_id, error=ended.error or "")
    left = [subject for subject in await _open(units, kind) if subject not in failed]
    return Passed(done=done, failed=list(failed.values()), left=left)


async def _waiting(work: UnitOfWork, settings: Settings, kind: Kind) -> Sequence[Recital]:
    recitals = RecitalRepository(work)
    if kind is Kind.PUBLISH:
        return await recitals.to_publish(AT_ONCE)
    await end_idle(work, timedelta(minutes=settings.recitals.idle_minutes), AT_ONCE)
    return await recitals.to_aggregate(AT_ONCE)


async def _add(work: UnitOfWork, waiting: Sequence[Recital], kind: Kind) -> None:
    for recital in waiting:
        await tasks.add(work, kind, recital.id, owner_id=recital.owner_id, queue=Queue.WORK)


async def _read(units: Units, taken: Taken) -> Task:
    async with units.begin() as work:
        return await work.session.get_one(Task, taken.id)


async def _open(units: Units, kind: Kind) -> Sequence[UUID]:
    async with units.begin() as work:
        query = select(Task.subject_id).where(Task.kind == kind, IS_OPEN).order_by(Task.id).limit(AT_ONCE)
        return (await work.session.execute(query)).scalars().all()


async def _pass(settings: Settings, kind: Literal[Kind.AGGREGATE, Kind.PUBLISH]) -> Passed:
    async with open_runner(settings) as opened:
        return await run_pass(opened, kind)


def _told(passed: Passed) -> str:
    lines = [f"{len(passed.done):,} done, {len(passed.failed):,} failed, {len(passed.left):,} left"]
    return "\n".join([*lines, *(f"{failure.id}: {failure.error}" for failure in passed.failed)])


def main() -> int:
    """Run the pass that the arguments name; return the exit status."""
    parser = argparse.ArgumentParser(prog="server.worker.passes")
    parser.add_argument("kind", choices=["aggregate", "publish"])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    settings = start_settings()
    configure_logging(settings.service.log_level, settings.service.log_format)
    passed = asyncio.run(_pass(settings, Kind.AGGREGATE if given.kind == "aggregate" else Kind.PUBLISH))
    sys.stdout.write((passed.model_dump_json() if given.json else _told(passed)) + "\n")
    return int(bool(passed.failed))


if __name__ == "__main__":
    sys.exit(main())
