"""Reading stretches of a file without holding up the event loop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from server.client.problems import FileChanged

CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes `start` to `start + length` of a file."""

    path: Path
    start: int
    length: int


async def read_stretch(stretch: Stretch, moved: Callable[[int], None]) -> AsyncIterator[bytes]:
    """Read a stretch chunk by chunk; `moved` is told how much of it has been taken so far.

    Raises:
        FileChanged: the file ends before the stretch does.
    """
    with await asyncio.to_thread(stretch.path.open, "rb") as file:
        file.seek(stretch.start)
        done = 0
        while done < stretch.length:
            moved(done)
            chunk = await asyncio.to_thread(file.read, min(CHUNK, stretch.length - done))
            if not chunk:
                raise FileChanged(stretch.path.name)
            yield chunk
            done += len(chunk)
        moved(done)
