"""The whole stack, as a foreign client sees it."""

import json
from typing import Any

import pytest

from server.local.stack import Running


@pytest.fixture(scope="session")
def local(running_stack: Running) -> dict[str, Any]:
    """What `local.json` tells."""
    described: dict[str, Any] = json.loads(running_stack.local_json.read_text())
    return described
