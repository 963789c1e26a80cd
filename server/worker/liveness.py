"""A worker's sign of life, for whoever watches over its container."""

import asyncio
from contextlib import suppress
from pathlib import Path

BEAT_SECONDS = 10.0


async def show_life(folder: Path, name: str, beat_seconds: float = BEAT_SECONDS) -> None:
    """Touch `{name}.alive` in a folder at every beat, for as long as the event loop turns.

    The age of the file tells a worker that hangs from one that has nothing to do. The key in Valkey
    (`Queue.sign_of_life`) is there while any worker lives.
    """
    sign = folder / f"{name}.alive"
    while True:
        with suppress(OSError):  # a full disk is the jobs' trouble
            await asyncio.to_thread(sign.touch)
        await asyncio.sleep(beat_seconds)
