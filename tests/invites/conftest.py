"""People who follow invites, and admins who make them."""

import pytest
from fastapi import FastAPI

from server.unit_of_work import Units
from tests.auth.conftest import Town


@pytest.fixture
def town(units: Units, running_app: FastAPI) -> Town:
    """The people of one test."""
    return Town(units, running_app.state.gate)
