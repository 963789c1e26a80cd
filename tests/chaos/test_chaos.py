"""A short run of `make chaos`."""

import secrets
from pathlib import Path

from tests.chaos.conftest import OWNERS
from tests.chaos.plan import SHORT, Size, make_plan
from tests.chaos.rig import Rig
from tests.chaos.run import run

SIZE = Size(uploads=11, owners=OWNERS, seconds=7, often=SHORT, poison=2, freeze_seconds=3, late_seconds=3)
SETTLE_SECONDS = 90.0


async def test_all_comes_right_whatever_goes_wrong(rigged: Rig, tmp_path: Path) -> None:
    """Everything dies, hangs, is doubled, delayed and lost; every upload ends in its one right state all the same."""
    plan = make_plan(secrets.randbelow(1_000_000), SIZE)
    report = await run(rigged, plan, tmp_path, print, settle_seconds=SETTLE_SECONDS)
    assert not report.findings, f"seed {plan.seed}\n{report}"
