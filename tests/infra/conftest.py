"""What the tests of the template share."""

from typing import Any

import pytest

from server.local.backing import TEMPLATE
from server.local.template import read


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    """The template, read once."""
    return read(TEMPLATE.read_text())
