"""One pool of connections to Valkey, which everything in a process shares."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from arq.connections import ArqRedis, RedisSettings
from redis.asyncio.connection import ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import FullJitterBackoff
from redis.exceptions import ConnectionError, TimeoutError  # noqa: A004 - redis has its own of these names

from server.configuration.services import Valkey

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


def arq_address(settings: Valkey) -> RedisSettings:
    """Say where Valkey is, in arq's words.

    A command is tried until it succeeds: at the first that fails, arq would stop taking jobs, and wait for
    those that run, however long they take.
    """
    address = RedisSettings.from_dsn(settings.url.get_secret_value())
    address.conn_timeout = CONNECT_SECONDS
    address.conn_retries = 60
    address.retry = Retry(FullJitterBackoff(cap=LONGEST_PAUSE_SECONDS, base=0.05), retries=-1)
    address.retry_on_error = [ConnectionError, TimeoutError, OSError]
    return address


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
