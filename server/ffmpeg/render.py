"""One ffmpeg process: one input, decoded once, and as many outputs as are wanted."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from server.ffmpeg.confine import Child, Limits, TimedOut, confined
from server.ffmpeg.failures import NoSound, RenderTimedOut
from server.ffmpeg.pulse import Alive, watched
from server.ffmpeg.source import Source
from server.ffmpeg.tap import Pipe, Tap, listen, open_pipe
from server.ffmpeg.verdict import judge

_PROGRESS_SECONDS = "1"
_PROGRESS_US = re.compile(rb"^out_time_us=(\d+)\n", re.MULTILINE)
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "2"}  # arenas reserve address space, and the limit of memory counts that


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be made.

    `name` is its file name with the extension; `arguments` are ffmpeg's output options, the mapping of streams
    and the muxer (`-f`) among them; `media_type` says what it is.
    """

    name: str
    arguments: tuple[str, ...]
    media_type: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a run has made: the size in bytes of each output by its name, and how long the decoded sound is.

    `duration_ms` is counted in samples on the tap, and None without one.
    """

    sizes: dict[str, int]
    duration_ms: int | None


Progress = Callable[[int], Awaitable[None]]
"""Told about once a second how many milliseconds are done."""


async def render(  # noqa: PLR0913 - a run has this many sides
    ffmpeg: Path,
    source: Source,
    outputs: Sequence[Output],
    folder: Path,
    limits: Limits,
    *,
    tap: Tap | None = None,
    progress: Progress | None = None,
    stall_seconds: float | None = None,
) -> Made:
    """Make all outputs in one pass over the input.

    Args:
        ffmpeg: the program (`find_ffmpeg`).
        source: the input.
        outputs: the files to make in `folder`.
        folder: a private folder; after a failure nothing in it is of use.
        limits: what the process may use (`allowance`).
        tap: a listener to the decoded sound.
        progress: a listener to how far it has come.
        stall_seconds: how long nothing may come of it; None for as long as the limits let it.

    Raises:
        NoSound: there was a tap, and no sample came.
        RenderFailed: the input is bad.
        TooLong: the sound goes on beyond the tap's limit.
        OutputTooLarge: an output reached the limit of file size.
        RenderTimedOut: the limit of seconds was reached.
        Stalled: nothing came of it for too long.
        MachineTrouble: none of it is the input's fault.
    """
    async with open_pipe() as pipe:
        argv = (str(ffmpeg), *_arguments(source, outputs, tap, pipe))
        try:
            async with confined(argv, folder, limits, environment=_ENVIRONMENT, keep_open=(pipe.write_end,)) as child:
                pipe.hand_over()
                async with watched(stall_seconds) as alive:
                    duration_ms = await _attend(child, pipe, tap, progress, alive)
                    code = await child.wait()
        except TimedOut as error:
            raise RenderTimedOut("Processing took too long. Try again, or send shorter parts.", error.tail) from error
    if failure := judge(code, child.tail):
        raise failure
    if duration_ms == 0:
        raise NoSound
    return Made(await asyncio.to_thread(_sizes, outputs, folder), duration_ms)


def _arguments(source: Source, outputs: Sequence[Output], tap: Tap | None, pipe: Pipe) -> Iterator[str]:
    yield from ("-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-nostats")
    yield from ("-progress", "pipe:1", "-stats_period", _PROGRESS_SECONDS)
    yield from source.arguments()
    for output in outputs:
        yield from (*output.arguments, f"file:{output.name}")
    if tap:
        yield from (*tap.arguments, f"pipe:{pipe.write_end}")


async def _attend(child: Child, pipe: Pipe, tap: Tap | None, progress: Progress | None, alive: Alive) -> int | None:
    try:
        async with asyncio.TaskGroup() as tasks:
            listening = tasks.create_task(listen(pipe, tap, alive)) if tap else None
            tasks.create_task(_report(child, progress, alive))
    except BaseExceptionGroup as group:
        # The first failure cancelled the other task: it alone is worth telling.
        raise group.exceptions[0] from group
    return listening.result() if listening else None


async def _report(child: Child, progress: Progress | None, alive: Alive) -> None:
    done_us = -1
    async for block in child.chunks():
        times = _PROGRESS_US.findall(block)
        if times and int(times[-1]) != done_us:  # a program that hangs may well go on to report
            done_us = int(times[-1])
            alive()
            if progress:
                await progress(done_us // 1000)


def _sizes(outputs: Sequence[Output], folder: Path) -> dict[str, int]:
    return {output.name: (folder / output.name).stat().st_size for output in outputs}
