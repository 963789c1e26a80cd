"""Durable counters."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import pytest

from server.tallies import service
from server.tallies.measures import FAILURES, STAGE_SECONDS, TASKS_ENDED, Entry
from server.unit_of_work import Units

DONE = TASKS_ENDED.add(kind="intake", state="done")
FAILED = FAILURES.add(kind="intake", code="not_media")
TOOK = STAGE_SECONDS.observe(0.2, kind="intake", outcome="done")


async def count(units: Units, *entries: Entry) -> None:
    """Count in a transaction of its own."""
    async with units.begin() as work:
        await service.add(work, *entries)


async def counted(units: Units) -> Sequence[tuple[str, float]]:
    """Say what has been counted, by name."""
    async with units.begin() as work:
        return [(entry.name, entry.amount) for entry in await service.read(work)]


async def test_amounts_add_up(units: Units) -> None:
    """The same labels are the same counter, within a call and across calls; other labels are another."""
    await count(units, DONE, DONE, TASKS_ENDED.add(2.5, state="done", kind="intake"))
    await count(units, DONE, TASKS_ENDED.add(kind="erase", state="done"))
    await count(units)
    assert sorted(await counted(units)) == [("lectern_tasks_ended", 1.0), ("lectern_tasks_ended", 5.5)]


async def test_what_is_rolled_back_does_not_count(units: Units) -> None:
    """A counter belongs to its transaction."""
    with suppress(ArithmeticError):
        async with units.begin() as work:
            await service.add(work, DONE)
            raise ArithmeticError
    assert await counted(units) == []


async def test_many_at_once_lose_nothing(separate_units: Units) -> None:
    """However many count at once, in whatever order, every one counts, and none stands in another's way for good."""
    mixed = [(DONE, FAILED, *TOOK), (*TOOK, FAILED, DONE)]
    async with asyncio.timeout(10):
        await asyncio.gather(*(count(separate_units, *mixed[number % 2]) for number in range(40)))
    amounts = dict(await counted(separate_units))
    assert amounts == {
        "lectern_failures": 40,
        "lectern_tasks_ended": 40,
        "lectern_stage_seconds_bucket": 40,
        "lectern_stage_seconds_sum": pytest.approx(8.0),
    }


@pytest.mark.parametrize(("seconds", "step"), [(0.0, "0.1"), (0.1, "0.1"), (0.11, "0.3"), (10_000.5, "+Inf")])
def test_a_time_falls_into_one_bucket(seconds: float, step: str) -> None:
    """A bucket takes what is at most its bound; beyond the last there is infinity."""
    bucket, total = STAGE_SECONDS.observe(seconds, kind="intake", outcome="done")
    assert (bucket.labels["le"], bucket.amount, total.amount) == (step, 1.0, seconds)


def test_labels_are_those_declared() -> None:
    """A forgotten or invented label is a mistake of ours, found where it is made."""
    with pytest.raises(ValueError, match="kind, code"):
        FAILURES.add(kind="intake")
    with pytest.raises(ValueError, match="kind, outcome"):
        STAGE_SECONDS.observe(1.0, kind="intake", outcome="done", owner="me")
