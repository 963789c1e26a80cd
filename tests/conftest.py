"""The real parts that tests stand on: Postgres, Valkey and the local AWS, each started once."""

import gc
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from arq.connections import ArqRedis
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, async_sessionmaker, create_async_engine
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from server.application import create_app, make_gate
from server.aws.clients import Clients, open_clients
from server.aws.store import Store
from server.aws.transfers import Transfers
from server.local.backing import Backing, backing
from server.local.environment import GENEROUS
from server.models import Base
from server.settings import Settings
from server.unit_of_work import UnitOfWork, Units
from server.valkey.connection import open_valkey
from tests.swapping import instead
from tests.tokens import Pool
from tests.unmeasured import quiet

SAMPLE = Path(__file__).parents[1] / "samples" / "sense-and-sensibility.wav"
SAMPLE_WORDS = (
    "and mister john dashwood had then leisure to consider how much "
    "there might be prudently in his power to do for them"
)


LONGEST = ("end_to_end", "chaos", "local", "transcription", "ffmpeg", "pipeline")


class ByFolder(LoadScopeScheduling):
    """Each folder's tests in one process, so that what they share is started once."""

    def _split_scope(self, nodeid: str) -> str:
        return folder_of(nodeid)


def folder_of(nodeid: str) -> str:
    """Return the folder or file below `tests/` that a test is in."""
    return Path(nodeid.partition("::")[0]).parts[1]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder:
    """Hand the tests out by folder, and those first that take longest."""
    return ByFolder(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left alone with it at the end."""
    places = {folder: place for place, folder in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(folder_of(item.nodeid), len(places)))


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays to the end: all modules, and all tests."""
    gc.freeze()


@pytest.fixture(scope="session")
async def services(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Backing]:
    """Postgres with our tables, Valkey, and the local AWS with our template deployed."""
    folder = tmp_path_factory.mktemp("services") / "data"
    async with backing(folder, quiet(), migrate=True) as running:
        yield running


@pytest.fixture(scope="session")
def pool() -> Pool:
    """A user pool whose tokens the tests can make."""
    return Pool()


@pytest.fixture(scope="session")
def settings(services: Backing, pool: Pool) -> Iterator[Settings]:
    """The settings of a process on these services."""
    with pytest.MonkeyPatch.context() as patch:
        for name in set(os.environ) | set(services.environment):
            if name in services.environment:
                patch.setenv(name, services.environment[name])
        patch.setenv("COGNITO_ISSUER", pool.issuer)
        patch.setenv("COGNITO_JWKS_URL", pool.jwks_url)
        patch.setenv("COGNITO_CLIENT_IDS", pool.client_id)
        for name in GENEROUS:
            patch.setenv(name, "0")  # tests ask a lot in little time; those of limits bring their own
        yield Settings()


@pytest.fixture(scope="session")
async def engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """Connections to the test database."""
    engine = create_async_engine(settings.database.url.get_secret_value())
    yield engine
    await engine.dispose()


@pytest.fixture(scope="session")
async def valkey(settings: Settings) -> AsyncIterator[ArqRedis]:
    """A pool of connections to Valkey."""
    async with open_valkey(settings.valkey) as pool:
        yield pool


@pytest.fixture(scope="session")
async def clients(settings: Settings) -> AsyncIterator[Clients]:
    """AWS clients of the local AWS."""
    async with open_clients(settings.aws) as clients:
        yield clients


@pytest.fixture(scope="session")
def store(clients: Clients) -> Store:
    """The local S3."""
    return Store(clients)


@pytest.fixture(scope="session")
def transfers(clients: Clients) -> Transfers:
    """The signer for the local S3."""
    return Transfers(clients)


@pytest.fixture
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One outer transaction, never committed: whatever a test writes is gone after it."""
    async with engine.connect() as connection:
        transaction = await connection.begin()
        yield connection
        await transaction.rollback()


@pytest.fixture
def units(connection: AsyncConnection, valkey: ArqRedis) -> Units:
    """Units of work inside the test's outer transaction; their commits are savepoints."""
    sessions = async_sessionmaker(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
    return Units(sessions, valkey)


@pytest.fixture
async def work(units: Units) -> AsyncIterator[UnitOfWork]:
    """One unit of work."""
    async with units.begin() as work:
        yield work


@pytest.fixture
async def separate_units(engine: AsyncEngine, valkey: ArqRedis) -> AsyncIterator[Units]:
    """Units of work that really commit, for tests of what happens between transactions; all rows are removed after."""
    await valkey.flushdb()  # the calls of tests whose tasks were never committed
    yield Units(async_sessionmaker(engine, expire_on_commit=False), valkey)
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    async with engine.begin() as connection:
        await connection.execute(text("SET LOCAL lock_timeout = '10s'"))  # for what a test that failed still holds
        await connection.execute(text(f"TRUNCATE {tables}"))


@pytest.fixture(scope="session")
async def running_app(settings: Settings, pool: Pool) -> AsyncIterator[FastAPI]:
    """The application with its lifespan begun, trusting the tests' own pool."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        app.state.gate = make_gate(settings, pool.verifier(settings.auth))
        yield app


@pytest.fixture
async def http(running_app: FastAPI, units: Units) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application inside the test's outer transaction, signed in as nobody."""
    transport = httpx.ASGITransport(running_app, raise_app_exceptions=False)
    with instead(running_app, units=units):
        async with httpx.AsyncClient(transport=transport, base_url="http://lectern.test/api/v1") as client:
            yield client
