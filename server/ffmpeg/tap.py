"""The decoded sound of a run, through a pipe, while the run goes on."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from server.ffmpeg.failures import TooLong
from server.ffmpeg.pulse import Alive

SAMPLE_RATE = 16_000
"""Samples a second on the tap."""

_BYTES_PER_MS = SAMPLE_RATE * 2 // 1000
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Tap:
    """A listener to the decoded sound: s16le, mono, `SAMPLE_RATE`.

    `arguments` map the stream and filter it (`audio.samples`). `consume` gets the bytes in chunks of any
    length, on the event loop; what it raises ends the run. Beyond `longest_ms` the run ends with `TooLong`.
    """

    arguments: tuple[str, ...]
    consume: Callable[[bytes], None]
    longest_ms: int


@dataclass(slots=True)
class Pipe:
    """A pipe whose write end a child inherits."""

    reader: asyncio.StreamReader
    write_end: int

    def hand_over(self) -> None:
        """Close our copy of the write end, so that the child's end is the end of the pipe."""
        if self.write_end >= 0:
            os.close(self.write_end)
            self.write_end = -1


@asynccontextmanager
async def open_pipe() -> AsyncIterator[Pipe]:
    """Open a pipe for as long as the block lasts."""
    read_end, write_end = os.pipe()
    pipe = Pipe(asyncio.StreamReader(), write_end)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(pipe.reader), os.fdopen(read_end, "rb", buffering=0)
    )
    try:
        yield pipe
    finally:
        transport.close()
        pipe.hand_over()


async def listen(pipe: Pipe, tap: Tap, alive: Alive) -> int:
    """Pass all samples of a pipe to a tap; return how many milliseconds they were, rounded down.

    Raises:
        TooLong: there are more than the tap allows.
    """
    received = 0
    while chunk := await pipe.reader.read(_CHUNK):
        alive()
        received += len(chunk)
        if received > tap.longest_ms * _BYTES_PER_MS:
            raise TooLong(tap.longest_ms)
        tap.consume(chunk)
    return received // _BYTES_PER_MS
