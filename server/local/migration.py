"""Brings the tables of the local database up to date."""

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

import asyncpg

from server.local.child import Child
from server.local.memory import Memory
from server.local.supervisor import Supervisor

CONNECT_SECONDS = 5


async def migrate(supervisor: Supervisor, environment: Mapping[str, str], checkout: Path, memory: Memory) -> None:
    """Run Alembic, unless these very revisions have brought the database to where it is now.

    Alembic would find out by itself, but takes two seconds of processor time to import our models first.

    Raises:
        StackError: a revision failed.
    """
    address = environment["DB_CONNECTION_STR"]
    revisions = _digest(checkout)
    if memory.recall(revisions, await _revision(address)) is not None:
        return
    command = (sys.executable, "-m", "alembic", "-c", str(checkout / "alembic.ini"), "upgrade", "head")
    await supervisor.run(Child(name="migration", command=command, environment=environment))
    memory.keep("", revisions, await _revision(address))


def _digest(checkout: Path) -> str:
    digest = hashlib.sha256()
    for file in (checkout / "alembic.ini", *sorted((checkout / "migrations").rglob("*.py"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()


async def _revision(address: str) -> str:
    """Return the revision that the database says it is at; empty when it has no tables yet."""
    connection = await asyncpg.connect(address.replace("+asyncpg", ""), timeout=CONNECT_SECONDS, ssl=False)
    try:
        return str(await connection.fetchval("SELECT version_num FROM alembic_version"))
    except asyncpg.UndefinedTableError:
        return ""
    finally:
        await connection.close()
