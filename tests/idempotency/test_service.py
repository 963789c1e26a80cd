"""The same creating request sent twice creates once."""

import asyncio
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel

from server.idempotency.service import Keyed, KeyReused, once
from server.unit_of_work import Units


class Wish(BaseModel):
    """What is asked for."""

    what: str = "tea"


class Made(BaseModel):
    """What is made."""

    id: UUID


async def make(units: Units, keyed: Keyed) -> Made:
    """Make something, slowly."""

    async def create() -> Made:
        await asyncio.sleep(0.05)
        return Made(id=uuid4())

    async with units.begin() as work:
        return await once(work, keyed, Made, create)


async def test_two_at_once_make_one(separate_units: Units) -> None:
    """A double that comes while the first is under way waits and is answered the same."""
    keyed = Keyed(uuid4(), "key", Wish())
    assert len({made.id for made in await asyncio.gather(*(make(separate_units, keyed) for _ in range(5)))}) == 1


async def test_without_a_key_each_is_its_own(units: Units) -> None:
    """The key is the client's choice."""
    keyed = Keyed(uuid4(), None, Wish())
    assert await make(units, keyed) != await make(units, keyed)


async def test_failed_creation_leaves_the_key_free(separate_units: Units) -> None:
    """What was not made can be asked for again under the same key."""
    keyed = Keyed(uuid4(), "key", Wish())

    async def fail() -> Made:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        async with separate_units.begin() as work:
            await once(work, keyed, Made, fail)
    assert await make(separate_units, keyed) == await make(separate_units, keyed)


async def test_a_key_belongs_to_its_wish(units: Units) -> None:
    """Another wish under the same key is refused rather than answered wrongly."""
    owner = uuid4()
    await make(units, Keyed(owner, "key", Wish()))
    with pytest.raises(KeyReused):
        await make(units, Keyed(owner, "key", Wish(what="coffee")))
