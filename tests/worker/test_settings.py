"""What a worker does beside its jobs, and how that ends."""

import asyncio

import pytest

from server.worker.settings import end


@pytest.mark.parametrize("swallowed", [0, 1, 2])
async def test_duty_ends_though_a_library_swallows_its_cancellation(swallowed: int) -> None:
    """However often the news of its end is lost on the way, it is told again."""
    lost = 0

    async def work() -> None:
        nonlocal lost
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                lost += 1
                if lost > swallowed:
                    raise

    duty = asyncio.create_task(work())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await end(duty)
    assert duty.cancelled()
    assert lost == swallowed + 1


async def test_duty_that_has_failed_has_ended() -> None:
    """A worker ends all the same."""

    async def fail() -> None:
        raise RuntimeError("by accident")

    duty = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await end(duty)
    assert duty.exception()
