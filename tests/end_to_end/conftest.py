"""The whole stack, as a foreign client sees it."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.local.stack import Running, stack
from tests.unmeasured import quiet


@pytest.fixture(scope="package")
async def running_stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """Everything, as `lectern up` starts it, with short leases so that lost workers are missed soon.

    It ends with these tests: even idle workers cost the others time.
    """
    folder = tmp_path_factory.mktemp("stack") / ".lectern"
    async with stack(folder, quiet(TASK_LEASE_SECONDS="3", SWEEP_SECONDS="1")) as running:
        yield running


@pytest.fixture(scope="package")
def local(running_stack: Running) -> dict[str, Any]:
    """What `local.json` tells."""
    described: dict[str, Any] = json.loads(running_stack.local_json.read_text())
    return described
