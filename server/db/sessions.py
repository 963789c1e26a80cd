"""Connections to Postgres."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from server.configuration.services import Database

Sessions = async_sessionmaker[AsyncSession]

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 60


@asynccontextmanager
async def open_sessions(settings: Database) -> AsyncIterator[Sessions]:
    """Keep a pool of connections for as long as the context lasts.

    A statement that runs for longer than a minute is ended by the server, so that nothing waits for ever.
    """
    engine = create_async_engine(
        settings.url.get_secret_value(),
        pool_size=settings.pool_size,
        pool_pre_ping=True,
        pool_timeout=CONNECT_SECONDS,
        hide_parameters=True,  # an error's text goes to the log; what people say and send must not
        connect_args={
            "timeout": CONNECT_SECONDS,
            "server_settings": {"statement_timeout": str(STATEMENT_SECONDS * 1000), "application_name": "lectern"},
        },
    )
    try:
        yield async_sessionmaker(engine, expire_on_commit=False)
    finally:
        await engine.dispose()
