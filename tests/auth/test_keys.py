"""The keys of a provider."""

import asyncio

import httpx
import pytest

from server.auth.problems import SignInUnavailable
from tests.tokens import Pool


async def test_unknown_ids_are_looked_up_once() -> None:
    """Made-up key ids cause one request, not one each."""
    pool = Pool()
    keys = pool.keys()
    assert await keys.find(pool.key_id) is not None
    assert [await keys.find(f"made-up-{n}") for n in range(50)] == [None] * 50
    assert pool.requests == 1


async def test_keys_survive_the_provider_being_away() -> None:
    """Keys that are there go on being used while the provider is down."""
    pool = Pool()
    keys = pool.keys()
    await keys.find(pool.key_id)
    pool.is_down = True
    keys._fetched_at = keys._tried_at = float("-inf")  # noqa: SLF001 - an hour later
    assert await keys.find(pool.key_id) is not None
    assert pool.requests == 2


@pytest.mark.parametrize("document", [b"[]", b"null", b'{"keys": [5]}', b"<html>"])
async def test_what_is_no_set_of_keys_replaces_none(document: bytes) -> None:
    """Whatever comes in place of the keys, those that are there go on being used."""
    pool, answers = Pool(), [document]
    keys = pool.keys()
    await keys.find(pool.key_id)
    keys._http = httpx.AsyncClient(  # noqa: SLF001 - the provider answers otherwise now
        transport=httpx.MockTransport(lambda _: httpx.Response(200, content=answers.pop()))
    )
    keys._fetched_at = keys._tried_at = float("-inf")  # noqa: SLF001 - an hour later
    assert await keys.find(pool.key_id) is not None
    assert not answers


async def test_slow_provider_holds_up_one_alone() -> None:
    """While one asks for the keys anew, all others use those that are there."""
    pool, asked = Pool(), asyncio.Event()
    keys = pool.keys()
    await keys.find(pool.key_id)

    async def hang(_: httpx.Request) -> httpx.Response:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    keys._http = httpx.AsyncClient(transport=httpx.MockTransport(hang))  # noqa: SLF001 - the provider hangs now
    keys._fetched_at = keys._tried_at = float("-inf")  # noqa: SLF001 - an hour later
    first = asyncio.create_task(keys.find(pool.key_id))
    await asked.wait()
    async with asyncio.timeout(1):
        assert await keys.find(pool.key_id) is not None
    assert not first.done()
    first.cancel()


async def test_without_any_keys_sign_in_is_unavailable() -> None:
    """When no keys could ever be had, nobody is refused as forged: the answer is 503, try again."""
    pool = Pool()
    pool.is_down = True
    with pytest.raises(SignInUnavailable):
        await pool.keys().find(pool.key_id)
