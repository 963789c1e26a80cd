"""One pool of connections to Valkey, which everything in a process shares."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import uniform
from typing import Any

import structlog
from arq.connections import ArqRedis
from redis.asyncio.connection import AbstractConnection, Connection, ConnectionPool, SSLConnection, parse_url
from redis.asyncio.retry import Retry
from redis.backoff import FullJitterBackoff
from redis.exceptions import (
    AuthenticationError,
    ConnectionError,  # noqa: A004 - redis has its own of this name
    TimeoutError,  # noqa: A004 - and of this
)

from server.configuration.services import Valkey

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 5
ANSWER_SECONDS = 10
LONGEST_PAUSE_SECONDS = 1.0


def serialize(job: dict[str, Any]) -> bytes:
    """Write an arq job as JSON: what is read back from Valkey must not be able to run code, as pickle can."""
    return json.dumps(job).encode()


def deserialize(data: bytes) -> dict[str, Any]:
    """Read an arq job back."""
    job: dict[str, Any] = json.loads(data)
    return job


class _Patient(AbstractConnection):
    """A connection that is tried for until it is there.

    The library tries no more once a server has taken it and then dies before they have greeted each other.
    """

    async def connect(self) -> None:
        """Connect, however long that takes.

        Raises:
            AuthenticationError: the server doesn't let us in, and won't later.
        """
        while True:
            try:
                await super().connect()  # type: ignore[no-untyped-call]  # as the library has it
            except AuthenticationError:
                raise
            except (ConnectionError, TimeoutError) as error:
                log.warning("valkey unreachable, trying again", error=str(error))
                await asyncio.sleep(uniform(0, LONGEST_PAUSE_SECONDS))  # noqa: S311 - only to come at different times
            else:
                return


class _PatientPlain(_Patient, Connection):
    pass


class _PatientEncrypted(_Patient, SSLConnection):
    pass


def make_patient(settings: Valkey) -> ArqRedis:
    """Make the pool that arq's workers take calls from.

    A command is tried until it succeeds: at the first that fails, arq would stop taking jobs, and wait for
    those that run, however long they take.
    """
    options: dict[str, Any] = {**parse_url(settings.url.get_secret_value())}
    is_encrypted = options.pop("connection_class", None) is SSLConnection
    connections = ConnectionPool(
        connection_class=_PatientEncrypted if is_encrypted else _PatientPlain,
        socket_connect_timeout=CONNECT_SECONDS,
        retry=Retry(FullJitterBackoff(cap=LONGEST_PAUSE_SECONDS, base=0.05), retries=-1),
        retry_on_error=[ConnectionError, TimeoutError, OSError],
        **options,
    )
    return ArqRedis(connections, job_serializer=serialize, job_deserializer=deserialize)


@asynccontextmanager
async def open_valkey(settings: Valkey) -> AsyncIterator[ArqRedis]:
    """Keep a pool for as long as the context lasts; Valkey itself may come and go."""
    connections = ConnectionPool.from_url(
        settings.url.get_secret_value(),
        socket_connect_timeout=CONNECT_SECONDS,
        socket_timeout=ANSWER_SECONDS,
        health_check_interval=ANSWER_SECONDS,
    )
    pool = ArqRedis(connections, job_serializer=serialize, job_deserializer=deserialize)
    try:
        yield pool
    finally:
        await pool.aclose()
        await connections.aclose()
