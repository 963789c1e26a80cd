"""Whether processes are still there."""

import asyncio
from collections.abc import Callable, Iterable

import psutil

PATIENCE_SECONDS = 15
LOOK_SECONDS = 0.02


def lives(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and only waits to be taken note of doesn't."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def until(holds: Callable[[], bool]) -> None:
    """Return once it holds, or fail."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not holds():
            await asyncio.sleep(LOOK_SECONDS)


async def until_gone(pids: Iterable[int]) -> None:
    """Return once none of these runs, or fail."""
    gone = tuple(pids)
    await until(lambda: not any(lives(pid) for pid in gone))
