"""The tables as the migrations make them."""

import asyncio
import os
import sys
from argparse import Namespace
from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest
import sqlalchemy as sa
from alembic import command, op
from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from server.local.backing import CHECKOUT, Backing
from tests.expanding import CONTRACTS, breaking

CONFIG = Config(CHECKOUT / "alembic.ini")
REVISIONS = list(ScriptDirectory.from_config(CONFIG).walk_revisions())


@pytest.mark.parametrize("revision", REVISIONS, ids=lambda revision: revision.revision)
def test_code_before_a_migration_goes_on_after_it(revision: Script) -> None:
    """A revision only adds what older code can pass over, unless it declares what it takes away, and since when."""
    declared = getattr(revision.module, CONTRACTS, "")
    assert bool(breaking(revision.module.upgrade)) == bool(declared)


@pytest.mark.parametrize(
    ("upgrade", "told"),
    [
        (lambda: op.drop_table("media"), "drops the table media"),
        (lambda: op.rename_table("media", "items"), "renames the table media"),
        (lambda: op.drop_column("media", "title"), "drops media.title"),
        (lambda: op.alter_column("media", "title", new_column_name="name"), "renames media.title"),
        (lambda: op.alter_column("media", "title", type_=sa.Integer()), "changes the type of media.title"),
        (lambda: op.alter_column("media", "title", nullable=False), "makes media.title not null"),
        (
            lambda: op.add_column("media", sa.Column("mood", sa.Text(), nullable=False)),
            "adds media.mood, not null and without a default",
        ),
        (lambda: op.execute("ALTER TABLE media DROP COLUMN title"), "runs 'ALTER TABLE media DROP COLUMN title'"),
        (lambda: op.execute("ALTER TABLE media ALTER title TYPE int"), "runs 'ALTER TABLE media ALTER title TYPE int'"),
        (lambda: op.execute("ALTER TABLE media DROP title"), "runs 'ALTER TABLE media DROP title'"),
        (lambda: op.execute("ALTER TABLE media ADD a int NOT NULL"), "runs 'ALTER TABLE media ADD a int NOT NULL'"),
    ],
)
def test_what_breaks_older_code_is_seen(upgrade: Callable[[], None], told: str) -> None:
    """Whatever takes away, renames or tightens is told; what only adds is not."""
    assert breaking(upgrade) == [told]
    assert (
        breaking(lambda: op.add_column("media", sa.Column("mood", sa.Text(), server_default="", nullable=False))) == []
    )


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


@pytest.mark.usefixtures("empty_database")
async def test_newer_tables_are_left_as_they_are() -> None:
    """Code that a deployment has put back takes tables of newer code for well where it is told to, and only there."""
    database = await asyncpg.connect(os.environ["DB_CONNECTION_STR"].replace("+asyncpg", ""))
    await database.execute("CREATE TABLE alembic_version AS SELECT 'of-tomorrow' AS version_num")
    await database.close()
    with pytest.raises(CommandError, match="of-tomorrow"):
        await asyncio.to_thread(command.upgrade, CONFIG, "head")
    accepting = Config(CHECKOUT / "alembic.ini", cmd_opts=Namespace(x=["newer=accept"]))
    await asyncio.to_thread(command.upgrade, accepting, "head")


@pytest.mark.usefixtures("empty_database")
async def test_tables_in_use_are_waited_for_in_turns() -> None:
    """A migration whose lock isn't to be had lets the others go ahead and tries again; in the end it says so."""
    hasty = Config(CHECKOUT / "alembic.ini", cmd_opts=Namespace(x=["lock_timeout=50ms"]))
    await asyncio.to_thread(command.upgrade, CONFIG, "head")
    reader = await asyncpg.connect(os.environ["DB_CONNECTION_STR"].replace("+asyncpg", ""))
    reading = reader.transaction()
    await reading.start()
    await reader.execute("LOCK TABLE media, uploads, transcripts IN ACCESS SHARE MODE")
    with pytest.raises(SystemExit, match="1"):
        await asyncio.to_thread(command.downgrade, hasty, "base")
    trying = asyncio.create_task(asyncio.to_thread(command.downgrade, hasty, "base"))
    await asyncio.sleep(0.1)
    await reading.rollback()
    await reader.close()
    await trying
