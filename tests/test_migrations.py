"""The tables as the migrations make them."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from server.local.backing import CHECKOUT, Backing

CONFIG = Config(CHECKOUT / "alembic.ini")


@pytest.fixture
async def empty_database(
    services: Backing, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """A database with nothing in it, where the migrations will find it."""
    autonomous = engine.execution_options(isolation_level="AUTOCOMMIT")
    async with autonomous.connect() as connection:
        await connection.execute(text("CREATE DATABASE migrations"))
    address = services.environment["DB_CONNECTION_STR"].rpartition("/")[0]
    monkeypatch.setenv("DB_CONNECTION_STR", f"{address}/migrations")
    yield
    async with autonomous.connect() as connection:
        await connection.execute(text("DROP DATABASE migrations WITH (FORCE)"))


@pytest.mark.usefixtures("empty_database")
async def test_models_and_migrations_say_the_same() -> None:
    """Up, down and up again leaves exactly the tables that the models describe."""
    await asyncio.to_thread(command.upgrade, CONFIG, "head")
    await asyncio.to_thread(command.downgrade, CONFIG, "base")
    await asyncio.to_thread(command.upgrade, CONFIG, "head")
    await asyncio.to_thread(command.check, CONFIG)


@pytest.mark.usefixtures("empty_database")
async def test_two_at_once_migrate_once() -> None:
    """Processes that start together wait for one another."""
    other = await asyncio.create_subprocess_exec(sys.executable, "-m", "alembic", "upgrade", "head", cwd=CHECKOUT)
    await asyncio.to_thread(command.upgrade, CONFIG, "head")
    assert await other.wait() == 0
    await asyncio.to_thread(command.check, CONFIG)
