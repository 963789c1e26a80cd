"""Doing one task: take it, keep its lease, run its stage, write the outcome through the fence."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog

from server.tallies import service as tallies
from server.tallies.measures import FAILURES, STAGE_SECONDS, TASKS_ENDED, WAIT_SECONDS, Entry
from server.tasks import service
from server.tasks.models import Kind, State, Taken
from server.tasks.queues import Queue
from server.tasks.service import Fenced
from server.tasks.stage import EXHAUSTED, Failed, NotYet, Outcome, Stage, Unworkable
from server.unit_of_work import UnitOfWork, Units

log = structlog.get_logger(__name__)

FIRST_DELAY_SECONDS = 2.0
LONGEST_DELAY_SECONDS = 300.0
HAND_BACK_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs tasks by the stages it is given.

    Whatever happens to it, a task ends in exactly one way: its outcome written once, handed
    back, postponed with growing delays, or failed with a reason. A worker that dies without a
    word loses its lease, and another takes the task.
    """

    units: Units
    stages: Mapping[Kind, Stage]
    lease: timedelta
    max_failures: int

    async def run_next(self, queue: Queue) -> bool:
        """Do the task of the queue whose turn it is.

        Returns:
            Whether there was one.
        """
        return await self.run_one(queue) is not None

    async def run_one(self, queue: Queue, kind: Kind | None = None) -> Taken | None:
        """Do the task of the queue whose turn it is, among all of them or those of one kind; return which that was."""
        async with self.units.begin() as work:
            taken = await service.take(work.session, queue, self.lease, kind=kind)
        if taken is not None:
            await self._run(taken)
        return taken

    async def _run(self, taken: Taken) -> None:
        with structlog.contextvars.bound_contextvars(
            task_id=str(taken.id), kind=taken.kind, subject_id=str(taken.subject_id), attempt=taken.attempt
        ):
            try:
                await self._attempt(taken)
            except Fenced:
                log.warning("task lost to another worker, nothing written")

    async def _attempt(self, taken: Taken) -> None:
        if taken.failures >= self.max_failures:
            await self._give_up(taken, _exhausted("workers stopped answering while they worked on it"))
            return
        try:
            async with self._leased(taken), asyncio.timeout(self.stages[taken.kind].seconds):
                outcome = await self.stages[taken.kind].run(taken)
            await self._finish(taken, outcome)
        except Fenced:
            raise
        except NotYet as reason:
            await self._defer(taken, reason)
        except Unworkable as reason:
            await self._give_up(taken, reason)
        except asyncio.CancelledError:
            await asyncio.shield(self._hand_back(taken))
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the task must end in one of its ways
            await self._postpone(taken, error)

    @asynccontextmanager
    async def _leased(self, taken: Taken) -> AsyncIterator[None]:
        """Renew the lease while the block runs; when it is lost, stop the block with Fenced."""
        try:
            async with asyncio.TaskGroup() as group:
                beat = group.create_task(self._beat(taken))
                yield
                beat.cancel()
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed

    async def _beat(self, taken: Taken) -> None:
        while True:
            await asyncio.sleep(self.lease.total_seconds() / 3)
            try:
                async with self.units.begin() as work:
                    await service.renew(work.session, taken, self.lease)
            except Fenced:
                raise
            except Exception as error:  # noqa: BLE001 - a database that is away for a moment is no reason to stop
                log.warning("lease not renewed", error=str(error))

    async def _finish(self, taken: Taken, outcome: Outcome) -> None:
        async with self.units.begin() as work:
            try:
                await service.finish(work.session, taken)
                await outcome.write(work)
                await _count(work, taken, "done", TASKS_ENDED.add(kind=taken.kind, state=State.DONE))
            except BaseException:
                # Only what fails before the commit: when the commit itself fails, nobody knows whether it was done.
                await asyncio.shield(outcome.discard())
                raise
        log.info("task done")
        await self._clear(outcome)

    async def _clear(self, outcome: Outcome) -> None:
        try:
            await outcome.after()
        except Exception as error:  # noqa: BLE001 - the outcome stands; what stays behind is only rubbish
            log.warning("superfluous objects stay behind", error=str(error))

    async def _hand_back(self, taken: Taken) -> None:
        async with asyncio.timeout(HAND_BACK_SECONDS), self.units.begin() as work:
            await service.hand_back(work.session, taken)
            await _count(work, taken, "handed_back")
        log.info("task handed back")

    async def _defer(self, taken: Taken, reason: NotYet) -> None:
        async with self.units.begin() as work:
            await service.defer(work, taken, reason)
            await _count(work, taken, "deferred")
        log.info("task left for later", why=str(reason))

    async def _postpone(self, taken: Taken, error: Exception) -> None:
        log.warning("task attempt failed", exc_info=error)
        if taken.failures + 1 >= self.max_failures:
            await self._give_up(taken, _last(error, self.max_failures))
            return
        async with self.units.begin() as work:
            await service.postpone(work.session, taken, repr(error), _delay(taken.failures))
            await _count(work, taken, "postponed")

    async def _give_up(self, taken: Taken, reason: Unworkable) -> None:
        async with self.units.begin() as work:
            await service.give_up(work.session, taken, f"{reason.code}: {reason.reason}")
            await self.stages[taken.kind].fail(work, taken, reason)
            ended = TASKS_ENDED.add(kind=taken.kind, state=State.FAILED)
            await _count(work, taken, "failed", ended, FAILURES.add(kind=taken.kind, code=reason.code))
        log.warning("task failed for good", code=reason.code)


async def _count(work: UnitOfWork, taken: Taken, outcome: str, *more: Entry) -> None:
    """Count an attempt that is over; the last thing in its transaction, for all count in the same rows."""
    took = STAGE_SECONDS.observe(taken.seconds, kind=taken.kind, outcome=outcome)
    await tallies.add(work, *took, *WAIT_SECONDS.observe(taken.late, kind=taken.kind), *more)


def _last(error: Exception, failures: int) -> Unworkable:
    if isinstance(error, Failed):
        return Unworkable(error.code, error.reason)
    return _exhausted(f"it failed {failures} times")


def _exhausted(why: str) -> Unworkable:
    return Unworkable(
        EXHAUSTED,
        f"The work was given up because {why}. It is not the file's fault as far as is known: retry.",
    )


def _delay(failures: int) -> timedelta:
    """Double the delay with each failure, with full jitter, so that those that failed together don't return together.

    Source: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
    """
    longest = min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2**failures)
    return timedelta(seconds=random.uniform(longest / 2, longest))  # noqa: S311 - jitter is no secret
