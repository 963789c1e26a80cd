"""A rolling restart: each worker in turn is told to go, under load, and another takes its place."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.chaos.plan import Intent, News, Plan, Size, make_plan
from tests.chaos.report import Report
from tests.chaos.retiring import restart
from tests.chaos.rig import WHISPERS, WORKERS, Rig
from tests.chaos.run import run

SETTLE_SECONDS = 120.0
SETBACKS = "SELECT kind, attempt, failures, error FROM tasks WHERE failures > 0"
RUNNING = "SELECT count(*) AS number FROM tasks WHERE state = 'running' AND kind <> 'tidy'"


def make_steady_plan(seed: int, uploads: int, owners: int, seconds: float) -> Plan:
    """Draw a plan in which nothing goes wrong: good uploads alone, spread over some seconds."""
    size = Size(
        uploads=uploads,
        owners=owners,
        seconds=seconds,
        often={},
        poison=0,
        freeze_seconds=0,
        late_seconds=0,
    )
    plan = make_plan(seed, size)
    good = [replace(planned, intent=Intent.SPEECH, news=News.ONCE) for planned in plan.uploads]
    return replace(plan, uploads=good)


async def roll(rig: Rig, plan: Plan, folder: Path, say: Callable[[str], None]) -> Report:
    """Restart every worker once while a plan happens; nothing may be lost, done twice or even count as failed."""
    report = await run(rig, plan, folder, say, settle_seconds=SETTLE_SECONDS, meanwhile=_restart_each(rig, say))
    setbacks = [
        f"{row['kind']} counts {row['failures']} failures at attempt {row['attempt']}: {row['error']}"
        for row in await rig.fetch(SETBACKS)
    ]
    return replace(report, findings=[*report.findings, *setbacks])


async def _restart_each(rig: Rig, say: Callable[[str], None]) -> None:
    for name in (name for pair in zip(WORKERS, WHISPERS, strict=True) for name in pair):
        [running] = await rig.fetch(RUNNING)
        seconds = await restart(rig, name)
        say(f"{name} ended {seconds:.1f} s after SIGTERM; {running['number']} tasks were running")
