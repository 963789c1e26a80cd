"""People who look after their own account."""

import pytest
from fastapi import FastAPI

from server.unit_of_work import Units
from tests.auth.conftest import Town


@pytest.fixture
def town(units: Units, running_app: FastAPI) -> Town:
    """The people of one test."""
    return Town(units, running_app.state.gate)
