"""Child processes under limits, in a session and a folder of their own, with an empty environment."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_WRAPPER = Path(__file__).with_name("confined_exec.py")
_CHUNK = 64 * 1024
_TAIL = 4 * 1024

COULD_NOT_START = 127
"""The return code of a child whose program is missing or can't be executed."""
PATIENT = 10
"""The niceness of what nobody waits for as for a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one child may use; None means as much as it likes.

    `memory` counts address space (which the kernel of macOS does not enforce), `file_size` each file on its
    own; both in bytes. `seconds` is by the clock on the wall, `cpu_seconds` adds up all cores. `niceness` is added to
    our own (`PATIENT`): at 0 it takes its turns as we do.
    """

    seconds: float | None
    memory: int | None
    file_size: int | None = 0
    cpu_seconds: int | None = None
    open_files: int = 64
    niceness: int = 0

    def described(self) -> str:
        """Give these limits as the wrapper takes them: by the names of setrlimit(2), and `nice`."""
        wanted = {
            "nice": self.niceness or None,
            "CORE": 0,
            "NOFILE": self.open_files,
            "FSIZE": self.file_size,
            "CPU": self.cpu_seconds,
            "AS": self.memory,
        }
        return ",".join(f"{name}={value}" for name, value in wanted.items() if value is not None)


class TimedOut(Exception):  # noqa: N818 - as TimeoutError, but only ever for the child's own clock
    """The child was killed because its `Limits.seconds` were over."""

    def __init__(self, seconds: float | None, tail: str) -> None:
        super().__init__(f"killed after {seconds:g} seconds")
        self.tail = tail


@dataclass(slots=True)
class Child:
    """A running child, as `confined` gives it."""

    process: asyncio.subprocess.Process
    _tail: bytearray = field(default_factory=bytearray)

    @property
    def tail(self) -> str:
        """The last 4 KiB of its stderr so far; all there is of it once `confined` is left."""
        return self._tail.decode(errors="replace")

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield its stdout as it comes, up to 64 KiB at a time; a slow reader slows the child."""
        async for chunk in _chunks(self.process.stdout):
            yield chunk

    async def wait(self) -> int:
        """Wait for its end, which comes only after stdout has been read; negative is the signal that killed it."""
        return await self.process.wait()

    async def keep_tail(self) -> None:
        """Read stderr to its end, forgetting all but the last of it."""
        async for chunk in _chunks(self.process.stderr):
            self._tail += chunk
            del self._tail[:-_TAIL]


@asynccontextmanager
async def confined(  # noqa: PLR0913 - each is one property of the child
    argv: Sequence[str],
    folder: Path,
    limits: Limits,
    *,
    stdin: int = asyncio.subprocess.DEVNULL,
    environment: Mapping[str, str] | None = None,
    keep_open: Collection[int] = (),
) -> AsyncIterator[Child]:
    """Run a program for as long as the block lasts; however the block is left, its whole process group is killed.

    Args:
        argv: the program's absolute path, and its arguments. There is no shell.
        folder: its working folder, which should be private to this run.
        limits: what it may use.
        stdin: PIPE to write to `child.process.stdin`; by default it reads nothing.
        environment: all that it gets of one, but for the LC_CTYPE that Python adds; by default nothing.
        keep_open: descriptors that it inherits besides the standard three, under the same numbers.

    Raises:
        TimedOut: the limit of seconds was reached inside the block.
    """
    process = await asyncio.create_subprocess_exec(
        *_wrapped(argv, limits),
        stdin=stdin,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=folder,
        env=dict(environment or {}),
        start_new_session=True,
        pass_fds=tuple(keep_open),
    )
    child = Child(process)
    tail = asyncio.create_task(child.keep_tail())
    clock = asyncio.timeout(limits.seconds)
    try:
        async with clock:
            yield child
    except TimeoutError as error:
        if clock.expired():
            raise TimedOut(limits.seconds, child.tail) from error
        raise
    finally:
        await _end(process, tail)


@dataclass(frozen=True, slots=True)
class Finished:
    """How a child ended, and what it said."""

    code: int
    stdout: bytes
    tail: str


async def run(argv: Sequence[str], folder: Path, limits: Limits, *, most: int) -> Finished:
    """Run a program to its end and keep the first `most` bytes of its stdout.

    Raises:
        TimedOut: it was killed at its limit of seconds.
    """
    kept = bytearray()
    async with confined(argv, folder, limits) as child:
        async for chunk in child.chunks():
            kept += chunk[: most - len(kept)]
        code = await child.wait()
    return Finished(code, bytes(kept), child.tail)


def _wrapped(argv: Sequence[str], limits: Limits) -> Iterable[str]:
    # -S as well as -I: without site packages the wrapper starts in a few milliseconds.
    return (sys.executable, "-I", "-S", str(_WRAPPER), limits.described(), str(os.getpid()), *argv)


async def _chunks(stream: asyncio.StreamReader | None) -> AsyncIterator[bytes]:
    while stream and (chunk := await stream.read(_CHUNK)):
        yield chunk


async def _end(process: asyncio.subprocess.Process, tail: asyncio.Task[None]) -> None:
    with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a group that has ended
        os.killpg(process.pid, signal.SIGKILL)
    # A full, unread pipe would keep `wait` waiting for its end.
    async for _ in _chunks(process.stdout):
        pass
    await tail
    await process.wait()
