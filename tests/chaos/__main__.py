"""`python -m tests.chaos`: send, break, wait, and say what is wrong; the exit status is 1 when anything is."""

import argparse
import asyncio
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from stamina.instrumentation import set_on_retry_hooks

from tests.chaos.plan import FULL, Plan, Size, make_plan
from tests.chaos.report import Report
from tests.chaos.rig import rig
from tests.chaos.rolling import make_steady_plan, roll
from tests.chaos.run import run

FREEZE_SECONDS = 20.0
LATE_SECONDS = 20.0
SETTLE_SECONDS = 420.0
POISON = 6


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--uploads", type=int, default=200)
    parser.add_argument("--owners", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=4.0, help="over which uploads and faults are spread")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="by default a random one")
    parser.add_argument("--rolling", action="store_true", help="only restart every worker once, under load")
    return parser.parse_args()


def _plan(arguments: argparse.Namespace) -> Plan:
    size = Size(
        uploads=arguments.uploads,
        owners=arguments.owners,
        seconds=arguments.minutes * 60,
        often=FULL,
        poison=POISON,
        freeze_seconds=FREEZE_SECONDS,
        late_seconds=LATE_SECONDS,
    )
    return make_plan(arguments.seed, size)


async def _run(arguments: argparse.Namespace, folder: Path) -> Report:
    say = _clock()
    say(f"seed {arguments.seed}, in {folder}")
    async with rig(folder, arguments.owners) as stack:
        if arguments.rolling:
            steady = make_steady_plan(arguments.seed, arguments.uploads, arguments.owners, arguments.minutes * 60)
            return await roll(stack, steady, folder, say)
        return await run(stack, _plan(arguments), folder, say, settle_seconds=SETTLE_SECONDS)


def _clock() -> Callable[[str], None]:
    began = time.monotonic()

    def say(line: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - began), 60)
        print(f"{minutes:02}:{seconds:02}  {line}", flush=True)  # noqa: T201 - this is what a person watches

    return say


def main() -> int:
    """Run once; what a bad run has left, the logs above all, is kept.

    Returns:
        The exit status.
    """
    set_on_retry_hooks([])  # that clients try again is no news here
    folder = Path(tempfile.mkdtemp(prefix="lectern-chaos-"))
    report = asyncio.run(_run(_arguments(), folder))
    print(report)  # noqa: T201 - this is what a person sees
    if not report.findings:
        shutil.rmtree(folder)
    return bool(report.findings)


if __name__ == "__main__":
    sys.exit(main())
