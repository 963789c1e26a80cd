"""Connections of workers to a Valkey that comes and goes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest
from pydantic import SecretStr
from redis.exceptions import AuthenticationError

from server.configuration.services import Valkey
from server.settings import Settings
from server.valkey.connection import make_patient


async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy what comes, to its end."""
    while block := await reader.read(65_536):
        writer.write(block)
    writer.close()


@asynccontextmanager
async def faltering(url: str, falls: int) -> AsyncIterator[str]:
    """Give an address of Valkey at which it takes a connection and dies, so many times, before it answers."""
    real = urlsplit(url)
    taken = 0

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal taken
        taken += 1
        if taken <= falls:
            writer.close()
            return
        answers, asks = await asyncio.open_connection(real.hostname, real.port)
        await asyncio.gather(pass_on(reader, asks), pass_on(answers, writer))

    async with await asyncio.start_server(take, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield urlunsplit(real._replace(netloc=real.netloc.rpartition(":")[0] + f":{port}"))


async def test_worker_goes_on_when_valkey_dies_while_they_greet(settings: Settings) -> None:
    """A connection that ends before it was of any use is made anew; at the first failure arq would stop working."""
    async with faltering(settings.valkey.url.get_secret_value(), falls=2) as url:
        pool = make_patient(Valkey.model_construct(url=SecretStr(url)))
        async with asyncio.timeout(20):
            assert await pool.ping()
        await pool.aclose(close_connection_pool=True)


async def test_worker_with_a_wrong_password_says_so(settings: Settings) -> None:
    """What won't change by waiting is told at once."""
    there = urlsplit(settings.valkey.url.get_secret_value())
    url = urlunsplit(there._replace(netloc=f":wrong@{there.hostname}:{there.port}"))
    pool = make_patient(Valkey.model_construct(url=SecretStr(url)))
    with pytest.raises(AuthenticationError):
        async with asyncio.timeout(20):
            await pool.ping()
    await pool.aclose(close_connection_pool=True)
