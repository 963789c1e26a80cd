"""Alembic's way into the models and the database."""

import asyncio
import random
import sys
from typing import NoReturn

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from server.configuration.reading import start_group
from server.configuration.services import Database
from server.models import Base

LOCK_TIMEOUT_MS = 5_000
"""A migration that can't get its lock lets go, lest every request queue up behind it; `-x lock_timeout=` is another."""
ATTEMPTS = 5
LOCK_NOT_AVAILABLE = "55P03"
"""https://www.postgresql.org/docs/current/errcodes-appendix.html"""
TURN_TIMEOUT = "15min"
"""Who waits for another process to migrate holds nothing up."""
STATEMENT_TIMEOUT = "15min"
IDLE_TIMEOUT = "1min"
"""Between two statements: the locks of a process that hangs, or is gone without a word, go with it."""
TURN = 7_320_943
"""The advisory lock that lets only one process migrate at a time."""


def migrate(connection: Connection) -> None:
    """Run the revisions that are missing, in one transaction."""
    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)
    with context.begin_transaction():
        connection.execute(text(f"SET LOCAL idle_in_transaction_session_timeout = '{IDLE_TIMEOUT}'"))
        connection.execute(text(f"SET LOCAL lock_timeout = '{TURN_TIMEOUT}'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({TURN})"))
        connection.execute(text(f"SET LOCAL lock_timeout = {lock_timeout_ms()}"))
        connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'"))
        if _leaves_newer_tables():
            sys.stderr.write("The tables are newer than this code, and stay as they are.\n")
        else:
            context.run_migrations()


def _leaves_newer_tables() -> bool:
    """Say whether newer code has made the tables, where `-x newer=accept` takes that for well.

    Code that a deployment puts back suits the tables of the one that failed, by the rule of CONTRIBUTING.md.
    """
    known = {revision.revision for revision in context.script.walk_revisions()}
    is_newer = not known.issuperset(context.get_context().get_current_heads())
    return is_newer and context.get_x_argument(as_dictionary=True).get("newer") == "accept"


async def connect_and_migrate() -> None:
    """Use the database that the settings name."""
    engine = create_async_engine(start_group(Database).url.get_secret_value(), poolclass=NullPool)
    try:
        await try_in_turns(engine)
    finally:
        await engine.dispose()


async def try_in_turns(engine: AsyncEngine) -> None:
    """Migrate as soon as the locks are to be had, and between attempts let those go ahead who wait for the same.

    It is all one transaction, so that an attempt that fails leaves nothing.
    """
    pause = lock_timeout_ms() / 1000
    for left in reversed(range(ATTEMPTS)):
        try:
            async with engine.connect() as connection:
                await connection.run_sync(migrate)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            if not left:
                stop_busy()
            await asyncio.sleep(random.uniform(pause / 2, pause))  # noqa: S311 - only to come at another time
        else:
            return


def stop_busy() -> NoReturn:
    """End where the tables are in use for too long."""
    sys.stderr.write(
        f"The tables are in use: no lock within {lock_timeout_ms():,} ms, {ATTEMPTS} times. Nothing was changed. End"
        " what holds it (pg_stat_activity tells), or try again when less is going on.\n"
    )
    raise SystemExit(1)


def lock_timeout_ms() -> int:
    """Return how long a lock is waited for."""
    given = context.get_x_argument(as_dictionary=True).get("lock_timeout")
    return int(str(given).removesuffix("ms")) if given else LOCK_TIMEOUT_MS


asyncio.run(connect_and_migrate())
