"""One child process: started on the leash, kept running, stopped."""

import asyncio
import contextlib
import os
import pwd
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from signal import Signals
from typing import IO

from server.local.errors import StackError
from server.local.leash import Leash

# The child waits for a line before it becomes the command. By then the watchdog knows of it;
# should the parent die in between, the child reads the end of its input and goes.
HELD = 'read -r go && exec "$@"'

STEADY_SECONDS = 10.0
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """What to run and how.

    `folder` is its working directory, by default the parent's; `user` its account, by default the parent's;
    `ends_by` asks it to end, and after `stop_seconds` it is killed.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path | None = None
    user: str | None = None
    ends_by: Signals = signal.SIGTERM
    stop_seconds: float = 10.0


class Kept:
    """A child that is started again whenever it ends, until it is stopped."""

    def __init__(self, child: Child, log: Path, leash: Leash, say: Callable[[str], None]) -> None:
        self._child = child
        self._log = log
        self._leash = leash
        self._say = say
        self._process: Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self.deaths_in_a_row = 0

    @property
    def pid(self) -> int:
        """The present process."""
        return self._process.pid if self._process is not None else 0

    async def start(self) -> None:
        """Return once the process runs."""
        self._stopping.clear()
        self._process = await self._launch()
        self._keeper = asyncio.create_task(self._keep(self._process))

    async def stop(self) -> None:
        """Ask the process to end, kill it when it takes too long, and return when it is gone."""
        if self._keeper is None:
            return
        self._stopping.set()
        self._ask()
        _, pending = await asyncio.wait({self._keeper}, timeout=self._child.stop_seconds)
        if pending:
            _kill(self.pid)
        await self._keeper
        self._keeper = None

    async def _launch(self) -> Process:
        with _appending(self._log) as output:
            process = await _launch(self._child, self._leash, output, output)
        if process.stdin is not None:
            process.stdin.write(b"\n")
            process.stdin.close()
        return process

    async def _keep(self, process: Process) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            began = clock()
            status = await process.wait()
            _bury(process, self._leash)
            if self._stopping.is_set():
                return
            self.deaths_in_a_row = 1 if clock() - began > STEADY_SECONDS else self.deaths_in_a_row + 1
            self._say(f"{self._child.name} ended ({_outcome(status)}) and is started again; see {self._log}")
            if await self._stopped_within(self._pause()):
                return
            process = self._process = await self._launch()
            if self._stopping.is_set():
                self._ask()

    def _pause(self) -> float:
        if self.deaths_in_a_row == 1:
            return 0.0
        return min(FIRST_PAUSE_SECONDS * 2.0**self.deaths_in_a_row, LONGEST_PAUSE_SECONDS)

    async def _stopped_within(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        return self._stopping.is_set()

    def _ask(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(self._child.ends_by)


async def run_to_end(child: Child, log: Path, leash: Leash, text: str) -> str:
    """Run a child to its end and return what it wrote to standard output; its errors go into the log.

    Raises:
        StackError: its status was not 0.
    """
    with _appending(log) as errors:
        process = await _launch(child, leash, PIPE, errors)
    try:
        output, _ = await process.communicate(b"\n" + text.encode())
    finally:
        _bury(process, leash)
    if process.returncode != 0:
        raise StackError(f"{child.name} failed ({_outcome(process.returncode)}): {last_words(log)}")
    return output.decode()


def last_words(log: Path) -> str:
    """Return the last line of a log, which mostly says what was wrong, and where there is more."""
    lines = log.read_text(errors="replace").splitlines() or ["nothing was said"]
    return f"{lines[-1]} (see {log})"


async def _launch(child: Child, leash: Leash, output: IO[bytes] | int, errors: IO[bytes]) -> Process:
    process = await asyncio.create_subprocess_exec(
        "/bin/sh",
        "-c",
        HELD,
        child.name,
        *child.command,
        stdin=PIPE,
        stdout=output,
        stderr=errors,
        env=dict(child.environment),
        cwd=child.folder,
        user=child.user,
        group=pwd.getpwnam(child.user).pw_gid if child.user is not None else None,
        extra_groups=[] if child.user is not None else None,
        start_new_session=True,
    )
    leash.hold(process.pid, child.ends_by)
    return process


def _bury(process: Process, leash: Leash) -> None:
    """Kill what an ended process has left of its group, or the process itself if it hasn't ended."""
    _kill(process.pid)
    leash.release(process.pid)


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS answers with the latter for zombies
        os.killpg(group, signal.SIGKILL)


def _appending(log: Path) -> IO[bytes]:
    return log.open("ab")


def _outcome(status: int | None) -> str:
    return f"status {status}" if status is None or status >= 0 else Signals(-status).name
