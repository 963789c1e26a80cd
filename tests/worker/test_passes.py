"""One pass over what recitals wait for."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.pipeline.stages import stages
from server.recitals.repository import RecitalRepository
from server.recitals.state import RecitalStatus
from server.tasks.models import Kind
from server.tasks.runner import Runner
from server.worker.opening import Opened
from server.worker.passes import run_pass
from tests.pipeline.conftest import Bench, bench, engine_at_hand
from tests.pipeline.reciting import Lectern

__all__ = ["bench", "engine_at_hand"]


@pytest.fixture
def lectern(bench: Bench, tmp_path: Path) -> Lectern:
    """Where recitals are read."""
    return Lectern(bench, tmp_path)


async def test_pass_does_what_waits_and_tells_what_failed(lectern: Lectern) -> None:
    """Recitals that were left are ended, those without a task get one, and what goes wrong is told by its id."""
    tools = lectern.bench.tools
    opened = Opened(tools, Runner(tools.units, stages(tools), timedelta(minutes=1), max_failures=2))
    ended = await lectern.ended()
    idle = await lectern.ended(status=RecitalStatus.ACTIVE, last_sequence=None)
    async with tools.units.begin() as work:
        (await RecitalRepository(work).get(idle)).alive_at = datetime.now(UTC) - timedelta(days=1)
    active = await lectern.ended(status=RecitalStatus.ACTIVE)
    broken = await lectern.ended()
    await tools.store.delete_under(tools.settings.aws.raw_bucket, f"{lectern.bench.owner}/recitals/{broken}/")
    passed = await run_pass(opened, Kind.AGGREGATE)
    assert set(passed.done) == {ended, idle}
    assert [failure.id for failure in passed.failed] == [broken]
    assert "Slice 0" in passed.failed[0].error
    assert passed.left == []
    statuses = [(await lectern.read(recital_id)).status for recital_id in (ended, idle, active, broken)]
    assert statuses == ["aggregated", "aggregated", "active", "ended"]
    assert await run_pass(opened, Kind.PUBLISH) == type(passed)(done=[], failed=[], left=[])  # no renditions yet
