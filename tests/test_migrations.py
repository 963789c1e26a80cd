"""The tables as the migrations make them."""

import asyncio
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from server.local.backing import Backing


@pytest.fixture
async def empty_database(services: Backing, engine: AsyncEngine) -> AsyncIterator[dict[str, str]]:
    """The environment of a process on a database with nothing in it."""
    autonomous = engine.execution_options(isolation_level="AUTOCOMMIT")
    async with autonomous.connect() as connection:
        await connection.execute(text("CREATE DATABASE migrations"))
    address = services.environment["DB_CONNECTION_STR"].rpartition("/")[0]
    yield services.environment | {"DB_CONNECTION_STR": f"{address}/migrations"}
    async with autonomous.connect() as connection:
        await connection.execute(text("DROP DATABASE migrations WITH (FORCE)"))


async def alembic(environment: dict[str, str], *arguments: str) -> None:
    """Run Alembic, which must succeed."""
    command = (sys.executable, "-m", "alembic", *arguments)
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=PIPE, stderr=STDOUT)
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()


async def test_models_and_migrations_say_the_same(empty_database: dict[str, str]) -> None:
    """Up, down and up again leaves exactly the tables that the models describe."""
    await alembic(empty_database, "upgrade", "head")
    await alembic(empty_database, "downgrade", "base")
    await alembic(empty_database, "upgrade", "head")
    await alembic(empty_database, "check")


async def test_two_at_once_migrate_once(empty_database: dict[str, str]) -> None:
    """Processes that start together wait for one another."""
    await asyncio.gather(*(alembic(empty_database, "upgrade", "head") for _ in range(2)))
