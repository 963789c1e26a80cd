"""The keys of a provider."""

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


async def test_without_any_keys_sign_in_is_unavailable() -> None:
    """When no keys could ever be had, nobody is refused as forged: the answer is 503, try again."""
    pool = Pool()
    pool.is_down = True
    with pytest.raises(SignInUnavailable):
        await pool.keys().find(pool.key_id)
