"""One run: everything that is planned, and then the wait until all has come right."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from tests.chaos.audit import Auditor
from tests.chaos.faults import Faults
from tests.chaos.logs import count_fenced, tasks_done_twice
from tests.chaos.plan import Plan
from tests.chaos.postman import intercepting
from tests.chaos.report import Report, count_attempts
from tests.chaos.retiring import retire
from tests.chaos.rig import WHISPERS, WORKERS, Rig
from tests.chaos.senders import Senders

Say = Callable[[str], None]

TELL_SECONDS = 10.0
LOOK_SECONDS = 1.0


async def run(
    rig: Rig,
    plan: Plan,
    folder: Path,
    say: Say,
    *,
    settle_seconds: float,
    meanwhile: Coroutine[Any, Any, None] | None = None,
) -> Report:
    """Let a plan happen to a stack, and tell what came of it.

    Args:
        rig: the stack.
        plan: what happens.
        folder: for the recordings.
        say: is told, in one line each, how it goes on.
        settle_seconds: how long, after the last that is planned, everything may take to come right.
        meanwhile: happens beside the plan.
    """
    began = time.monotonic()
    faults = Faults(rig, say, plan.size.freeze_seconds)
    senders = Senders(rig, folder, plan.seed)
    auditor = Auditor(rig, [poison.body for poison in plan.poison])
    async with intercepting(rig) as postman, _telling(auditor, say):
        problems = await _all(
            *(senders.send(planned) for planned in plan.uploads),
            *(faults.happen(fault) for fault in plan.faults),
            *(postman.poison(poison) for poison in plan.poison),
            *([meanwhile] if meanwhile else []),
        )
        findings = await _settle(rig, auditor, settle_seconds)
    stuck = await _all(*(retire(rig, name) for name in (*WORKERS, *WHISPERS)))
    return Report(
        seconds=time.monotonic() - began,
        standing=auditor.standing,
        faults={str(kind): number for kind, number in faults.done.items()},
        dead_letters=len(auditor.dead_letters),
        messages=rig.telling.taken(),
        twice=rig.telling.twice(),
        fenced=count_fenced(rig),
        attempts=await count_attempts(rig),
        findings=[*problems, *findings, *tasks_done_twice(rig), *_deaths(rig, faults), *stuck],
    )


async def _all(*steps: Coroutine[Any, Any, object]) -> list[str]:
    """Take steps side by side, to the end of each, and say what went wrong with them."""
    outcomes = await asyncio.gather(*steps, return_exceptions=True)
    return [f"{type(outcome).__name__}: {outcome}" for outcome in outcomes if isinstance(outcome, BaseException)]


async def _settle(rig: Rig, auditor: Auditor, seconds: float) -> list[str]:
    """Look until nothing is wrong any more, or until the time is up."""
    until = time.monotonic() + seconds
    while (findings := await auditor.findings()) and time.monotonic() < until:
        if rig.hastened:
            await rig.pass_time()
        await asyncio.sleep(LOOK_SECONDS)
    return findings


@asynccontextmanager
async def _telling(auditor: Auditor, say: Say) -> AsyncIterator[None]:
    """Tell regularly, for as long as the context lasts, how the uploads stand."""
    telling = asyncio.create_task(_tell(auditor, say))
    try:
        yield
    finally:
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling


async def _tell(auditor: Auditor, say: Say) -> None:
    while True:
        await asyncio.sleep(TELL_SECONDS)
        await auditor.look()
        say(", ".join(f"{number} {standing}" for standing, number in sorted(auditor.standing.items())))


def _deaths(rig: Rig, faults: Faults) -> list[str]:
    """Name the processes that died without our doing, by what the supervisor said of them.

    Those that were told to go have ended well, or by the signal itself when they had only just started.
    """
    told = [line for line in rig.said if "(status 0)" not in line and "(SIGTERM)" not in line]
    died = Counter(line.split()[0] for line in told)
    return [f"{name} died {times} times of itself" for name, times in (died - faults.killed).items()]
