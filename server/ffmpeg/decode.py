"""The samples of a recording as it was recorded, while they are decoded."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from server.ffmpeg.audio import as_recorded
from server.ffmpeg.confine import Child, Limits, TimedOut, confined
from server.ffmpeg.failures import RenderTimedOut, TooLong
from server.ffmpeg.probe import AudioStream
from server.ffmpeg.pulse import watched
from server.ffmpeg.source import Source
from server.ffmpeg.verdict import judge

FRAMES_PER_SECOND = 50
"""Of every rate that is decoded to, a frame of 20 ms is a whole number of samples."""
BYTES_PER_SAMPLE = 2
_BLOCK = 256 * 1024
_HIGHEST_RATE = 192_000
_MOST_CHANNELS = 8
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "2"}  # arenas reserve address space, and the limit of memory counts that

Consumer = Callable[[bytes], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Layout:
    """How samples follow each other: s16le, the channels interleaved, `rate` for each of them in a second."""

    rate: int
    channels: int

    @property
    def frame_samples(self) -> int:
        """The samples of a frame, all channels together."""
        return self.rate // FRAMES_PER_SECOND * self.channels


def layout_of(stream: AudioStream) -> Layout:
    """Say how a stream is decoded: at its own rate with its own channels, but for odd and for absurd ones."""
    whole = -(-stream.sample_rate // FRAMES_PER_SECOND) * FRAMES_PER_SECOND
    return Layout(min(whole, _HIGHEST_RATE), stream.channels if stream.channels <= _MOST_CHANNELS else 1)


async def decode(  # noqa: PLR0913 - a run has this many sides
    ffmpeg: Path,
    source: Source,
    stream: AudioStream,
    consume: Consumer,
    limits: Limits,
    *,
    longest_ms: int,
    stall_seconds: float | None = None,
) -> None:
    """Pass on a stream's samples while they are decoded; a slow consumer slows the decoder.

    The count of the samples is the time: what is missing in the middle is silence.

    Args:
        ffmpeg: the program (`find_ffmpeg`).
        source: the file, in a private folder.
        stream: one of its streams; `layout_of` tells how its samples come.
        consume: gets them in the order of time, in blocks of about 256 KiB that end anywhere.
        limits: what the process may use (`allowance`).
        longest_ms: more sound than this is not decoded.
        stall_seconds: how long nothing may come of it; None for as long as the limits let it.

    Raises:
        RenderFailed: the file is bad.
        TooLong: the sound goes on beyond `longest_ms`.
        RenderTimedOut: the limit of seconds was reached.
        Stalled: nothing came of it for too long.
        MachineTrouble: none of it is the file's fault.
    """
    layout = layout_of(stream)
    output = as_recorded(stream, rate=layout.rate, channels=layout.channels)
    argv = (str(ffmpeg), "-hide_banner", "-nostdin", "-loglevel", "error", *source.arguments(), *output, "pipe:1")
    left = longest_ms * layout.rate * layout.channels * BYTES_PER_SAMPLE // 1000
    try:
        async with (
            confined(argv, source.path.parent, limits, environment=_ENVIRONMENT) as child,
            watched(stall_seconds) as alive,
        ):
            async with aclosing(_blocks(child)) as blocks:
                async for block in blocks:
                    left -= len(block)
                    if left < 0:
                        raise TooLong(longest_ms)
                    await consume(block)
                    alive()
            code = await child.wait()
    except TimedOut as error:
        raise RenderTimedOut("Processing took too long. Try again, or send shorter parts.", error.tail) from error
    if failure := judge(code, child.tail):
        raise failure


async def _blocks(child: Child) -> AsyncGenerator[bytes, None]:
    block = bytearray()
    async for chunk in child.chunks():
        block += chunk
        if len(block) >= _BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block)
