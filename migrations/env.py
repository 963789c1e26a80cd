"""Alembic's way into the models and the database."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from server.configuration.services import Database
from server.models import Base

LOCK_TIMEOUT = "5s"
"""A migration that can't get its lock gives up, rather than let every request queue up behind it."""
TURN = 7_320_943
"""The advisory lock that lets only one process migrate at a time."""


def migrate(connection: Connection) -> None:
    """Run the revisions that are missing, in one transaction."""
    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)
    with context.begin_transaction():
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({TURN})"))
        context.run_migrations()


async def connect_and_migrate() -> None:
    """Use the database that the settings name."""
    engine = create_async_engine(Database().url.get_secret_value(), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


asyncio.run(connect_and_migrate())
