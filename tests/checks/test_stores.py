"""What a check finds in Postgres."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from server.checks.findings import State, try_all
from server.checks.stores import trials
from server.settings import Settings

NAME = "lectern_checked"


@pytest.fixture
async def empty(settings: Settings, engine: AsyncEngine) -> AsyncIterator[Settings]:
    """A database without tables, and somebody who may sign in to it and no more."""
    async with engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for line in (f"CREATE ROLE {NAME} LOGIN PASSWORD '{NAME}'", f"CREATE DATABASE {NAME} STRATEGY file_copy"):
            await outside.execute(text(line))
    yield _as(settings, username=NAME, password=NAME, database=NAME)
    async with engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for line in (f"DROP DATABASE {NAME} WITH (FORCE)", f"DROP ROLE {NAME}"):
            await outside.execute(text(line))


def _as(
    settings: Settings, *, database: str | None = None, username: str | None = None, password: str | None = None
) -> Settings:
    url = make_url(settings.database.url.get_secret_value()).set(
        database=database, username=username, password=password
    )
    changed = settings.database.model_copy(update={"url": SecretStr(url.render_as_string(hide_password=False))})
    return settings.model_copy(update={"database": changed})


async def told(settings: Settings) -> dict[str, str]:
    """Return what is found, without what is well and says nothing."""
    found = await try_all(trials(settings.database, settings.valkey))
    return {one.subject.what: one.says for one in found if one.state is State.FAILING}


async def test_a_database_is_another_than_it_has_to_be(settings: Settings, empty: Settings) -> None:
    """No tables, tables that are not ours to change, a later schema, a wrong password: each is told for itself."""
    where = make_url(settings.database.url.get_secret_value())
    assert await told(settings) == {}
    assert await told(empty) == {"schema": "no tables"}
    rights = (await told(_as(empty, database=where.database or "")))["rights"]
    assert rights == "not on agreements, api_keys, approvals, …"
    assert await told(_as(empty, password="wrong")) == {
        "answers": f"{where.host}:{where.port} refuses us (InvalidPasswordError)"
    }
    owner = create_async_engine(_as(settings, database=NAME).database.url.get_secret_value())
    async with owner.begin() as connection:
        await connection.execute(text("CREATE TABLE alembic_version AS SELECT 'later' AS version_num"))
        await connection.execute(text("GRANT SELECT ON alembic_version TO PUBLIC"))
    await owner.dispose()
    assert await told(empty) == {}
