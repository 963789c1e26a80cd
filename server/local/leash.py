"""Process groups that end when this process ends, even by `kill -9`."""

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from signal import Signals

from server.local import watchdog

RESTART_SECONDS = 0.2


class Leash:
    """The watchdog process, and what it has been told."""

    def __init__(self, kept_open: Sequence[int]) -> None:
        self._kept_open = tuple(kept_open)
        self._groups: dict[int, Signals] = {}
        self._pipe: int | None = None
        self._process: Process | None = None

    def hold(self, group: int, ends_by: Signals) -> None:
        """From now on `group` ends with this process, asked to by the signal given."""
        self._groups[group] = ends_by
        self._tell(f"+ {group} {ends_by.value}\n")

    def release(self, group: int) -> None:
        """`group` has ended; its number may soon be another's."""
        if self._groups.pop(group, None) is not None:
            self._tell(f"- {group}\n")

    async def start(self) -> None:
        """Start a watchdog, in the place of one that has died if there was one."""
        # Neither end is inherited by any other child (PEP 446).
        reading, writing = os.pipe()
        self._close_pipe()
        self._pipe = writing
        # What it must know waits in the pipe before it lives: there is no moment at which it knows less.
        for group, ends_by in self._groups.items():
            self._tell(f"+ {group} {ends_by.value}\n")
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                watchdog.__file__,
                stdin=reading,
                stdout=DEVNULL,
                stderr=DEVNULL,
                cwd="/",
                start_new_session=True,
                pass_fds=self._kept_open,
            )
        finally:
            os.close(reading)

    async def keep(self) -> None:
        """Replace the watchdog whenever it dies; runs until it is cancelled."""
        while self._process is not None:
            await self._process.wait()
            await asyncio.sleep(RESTART_SECONDS)
            await self.start()

    async def close(self) -> None:
        """Let go: the watchdog clears up what is still held, then it ends too."""
        self._close_pipe()
        if self._process is not None:
            await self._process.wait()

    def _tell(self, line: str) -> None:
        # A watchdog that has just died is about to be replaced by one that is told everything.
        if self._pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                os.write(self._pipe, line.encode())

    def _close_pipe(self) -> None:
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None


@contextlib.asynccontextmanager
async def leashed(kept_open: Sequence[int] = ()) -> AsyncIterator[Leash]:
    """Keep a leash for as long as the context lasts.

    Args:
        kept_open: files that stay open until everything has been cleared up; a lock among them is held as long.
    """
    leash = Leash(kept_open)
    await leash.start()
    keeper = asyncio.create_task(leash.keep())
    try:
        yield leash
    finally:
        keeper.cancel()
        await asyncio.wait({keeper})
        await leash.close()
