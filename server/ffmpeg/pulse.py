"""Telling a program that works from one that hangs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from server.ffmpeg.failures import Stalled

Alive = Callable[[], None]
"""To be called whenever something has come of the work."""


@asynccontextmanager
async def watched(stall_seconds: float | None) -> AsyncIterator[Alive]:
    """Watch over work for as long as the block lasts.

    Args:
        stall_seconds: how long there may be no sign of life, from the beginning on; None for ever.

    Raises:
        Stalled: there was none for so long.
    """
    loop, clock = asyncio.get_running_loop(), asyncio.timeout(stall_seconds)

    def alive() -> None:
        if stall_seconds is not None and not clock.expired():
            clock.reschedule(loop.time() + stall_seconds)

    try:
        async with clock:
            yield alive
    except TimeoutError as error:
        if clock.expired():
            raise Stalled("Processing stood still. Try again.") from error
        raise
