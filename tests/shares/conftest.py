"""Results that are shared."""

from uuid import UUID

import pytest
from fastapi import FastAPI

from server.aws.store import Store
from server.settings import Settings
from server.unit_of_work import Units
from tests.auth.conftest import Town, bearer
from tests.results.conftest import Shelf


@pytest.fixture
def town(units: Units, running_app: FastAPI) -> Town:
    """The people of one test."""
    return Town(units, running_app.state.gate)


@pytest.fixture
async def owner_id(town: Town) -> UUID:
    """Who I am."""
    return (await town.person("ada@example.com")).id


@pytest.fixture
async def mine(town: Town) -> dict[str, str]:
    """Me."""
    return bearer(await town.session("ada@example.com"))


@pytest.fixture
def shelf(units: Units, store: Store, settings: Settings, owner_id: UUID) -> Shelf:
    """My results."""
    return Shelf(units, store, settings, owner_id)
