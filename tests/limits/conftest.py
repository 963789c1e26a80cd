"""Limits small enough to be reached."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
from arq.connections import ArqRedis
from fastapi import FastAPI
from redis.asyncio import Redis

from server.configuration.callers import Limits
from server.limits.limiter import PREFIX, Limiter
from tests.swapping import instead


@pytest.fixture
async def counters(valkey: ArqRedis) -> AsyncIterator[Redis]:
    """A Valkey in which nothing is counted yet."""
    yield valkey
    for key in await valkey.keys(f"{PREFIX}*"):
        await valkey.delete(key)


@contextmanager
def limited(app: FastAPI, valkey: Redis, **limits: int) -> Iterator[Limiter]:
    """Have these limits and no others while the block lasts."""
    unlimited = dict.fromkeys(("per_caller", "per_address", "sign_ins"), 0)
    limiter = Limiter(valkey, Limits.model_validate(unlimited | limits))
    with instead(app, limiter=limiter):
        yield limiter
