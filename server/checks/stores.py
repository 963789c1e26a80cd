"""Trials of Postgres and Valkey."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

import asyncpg
from alembic.script import ScriptDirectory
from arq.connections import ArqRedis
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError, ResponseError
from redis.exceptions import ConnectionError as UnreachableError
from redis.exceptions import TimeoutError as SilentError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from server.checks.findings import Fault, Subject, Trial, Untried
from server.checks.refusals import answers
from server.configuration.services import Database, Valkey
from server.valkey.connection import open_valkey

CONNECT_SECONDS = 5
OLDEST = 150_000
"""Postgres 15, as it counts itself."""
REVISIONS = Path(__file__).resolve().parents[2] / "migrations"
KEEPS_SECONDS = 10
POSTGRES, VALKEY = "Postgres", "Valkey"

UNGRANTED = text(
    "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE nspname = current_schema() AND relkind = 'r' AND relname <> 'alembic_version'"
    " AND NOT (has_table_privilege(pg_class.oid, 'SELECT') AND has_table_privilege(pg_class.oid, 'INSERT')"
    " AND has_table_privilege(pg_class.oid, 'UPDATE') AND has_table_privilege(pg_class.oid, 'DELETE'))"
    " ORDER BY relname"
)


def trials(database: Database, valkey: Valkey) -> Iterator[Trial]:
    """Give the trials of both; every process needs them."""
    yield Trial(answers(POSTGRES), partial(_asked, database))
    yield Trial(Subject(POSTGRES, "schema"), partial(_migrated, database))
    yield Trial(Subject(POSTGRES, "rights"), partial(_granted, database))
    yield Trial(answers(VALKEY), partial(_called, valkey))


@asynccontextmanager
async def _connected(settings: Database) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(
        settings.url.get_secret_value(), poolclass=NullPool, connect_args={"timeout": CONNECT_SECONDS}
    )
    where = f"{engine.url.host}:{engine.url.port or 5432}"
    try:
        connection = await engine.connect()
    except (asyncpg.PostgresError, DBAPIError) as error:
        remedy = "Correct the user, the password and the database in DB_CONNECTION_STR, and what pg_hba.conf lets in."
        raise Fault(f"{where} refuses us ({_name(error)})", remedy, answers(POSTGRES)) from None
    except (OSError, asyncpg.InterfaceError) as error:
        remedy = "Start Postgres, let this process reach it, or correct DB_CONNECTION_STR."
        raise Fault(f"can't be reached at {where} ({_name(error)})", remedy, answers(POSTGRES)) from None
    try:
        yield connection
    finally:
        await connection.close()


async def _asked(settings: Database) -> str:
    async with _connected(settings) as connection:
        number = int((await connection.execute(text("SELECT current_setting('server_version_num')"))).scalar_one())
    if number < OLDEST:
        raise Fault(f"version {number // 10_000}", "Use Postgres 15 or later.")
    return f"version {number // 10_000}"


async def _migrated(settings: Database) -> str:
    """See that the tables are those of this code, or of a later one: code may be older than its tables for a while."""
    if not REVISIONS.is_dir():
        raise Untried("the migrations are not installed here")
    script = ScriptDirectory(str(REVISIONS))
    async with _connected(settings) as connection:
        try:
            found = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalars().all()
        except ProgrammingError:
            raise Fault("no tables", "Run `alembic upgrade head`.") from None
    known = {revision.revision for revision in script.walk_revisions()}
    if set(found) == set(script.get_heads()):
        return "at head"
    if not found or set(found) <= known:
        raise Fault(f"at {', '.join(found) or 'no revision'}", "Run `alembic upgrade head` before this code serves.")
    return f"at {', '.join(found)}, of later code"


async def _granted(settings: Database) -> str:
    async with _connected(settings) as connection:
        lacking = (await connection.execute(UNGRANTED)).scalars().all()
    if lacking:
        remedy = "Grant SELECT, INSERT, UPDATE and DELETE on all tables to the user of DB_CONNECTION_STR."
        raise Fault(f"not on {', '.join(lacking[:3])}{', …' if len(lacking) > 3 else ''}", remedy)  # noqa: PLR2004 - names enough
    return ""


async def _called(settings: Valkey) -> str:
    try:
        async with open_valkey(settings) as valkey:
            return await _used(valkey)
    except (AuthenticationError, NoPermissionError) as error:
        remedy = "Correct the user and the password in VALKEY_URL, and let the user run every command on every key."
        raise Fault(f"refuses us ({_name(error)})", remedy) from None
    except (UnreachableError, SilentError, OSError) as error:
        remedy = "Start Valkey, let this process reach it, or correct VALKEY_URL: rediss:// where it wants TLS."
        raise Fault(f"can't be reached ({_name(error)})", remedy) from None
    except RedisError as error:
        raise Fault(
            f"fails ({_name(error)})", "Name the primary of a Valkey that is not sharded in VALKEY_URL."
        ) from None


async def _used(valkey: ArqRedis) -> str:
    """Write, read and call as arq does, in one transaction."""
    key = f"lectern:check:{uuid4()}"
    async with valkey.pipeline(transaction=True) as pipeline:
        pipeline.psetex(key, KEEPS_SECONDS * 1000, b"1")
        pipeline.get(key)
        pipeline.delete(key)
        pipeline.publish(key, b"1")
        await pipeline.execute()
    try:
        is_sharded = (await valkey.info("cluster")).get("cluster_enabled")
    except ResponseError:  # a hosted one may not tell
        return ""
    if is_sharded:
        raise Fault("it is sharded", "Turn cluster mode off: the queue's transactions don't work across shards.")
    return ""


def _name(error: Exception) -> str:
    told = getattr(error, "orig", None) or error  # the driver's own is within SQLAlchemy's
    return type(told.__cause__ or told).__name__
