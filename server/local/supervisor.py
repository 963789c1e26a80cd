"""Child processes that are kept running, and ended with their parent."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

from server.local.child import Child, Kept, last_words, run_to_end
from server.local.errors import StackError
from server.local.leash import Leash, leashed
from server.local.private import private_folder

Say = Callable[[str], None]
Probe = Callable[[], Awaitable[bool]]

PROBE_SECONDS = 0.03
HOPELESS = 3
"""A child that has not answered yet and died so many times in a row is given up."""


class Supervisor:
    """Starts children, restarts those that die, and stops all in reverse order."""

    def __init__(self, logs: Path, say: Say, leash: Leash) -> None:
        self._logs = private_folder(logs)
        self._say = say
        self._leash = leash
        self._waves: list[dict[str, Kept]] = []

    @property
    def pids(self) -> dict[str, int]:
        """The process of each child, by name, as it is at this moment."""
        return {name: kept.pid for wave in self._waves for name, kept in wave.items()}

    def log_of(self, name: str) -> Path:
        """Say where a child's output goes."""
        return self._logs / f"{name}.log"

    async def start(self, *children: Child) -> None:
        """Start children and keep them running from now on; those started together are stopped together."""
        wave: dict[str, Kept] = {}
        self._waves.append(wave)
        for child in children:
            log = self.log_of(child.name)
            _begin(log)
            kept = wave[child.name] = Kept(child, log, self._leash, self._say)
            await kept.start()

    async def restart(self, name: str) -> None:
        """Stop a child as gently as at the end, and start it again."""
        kept = self._find(name)
        await kept.stop()
        await kept.start()

    async def run(self, child: Child, text: str = "") -> str:
        """Run a child to its end, with `text` as its input.

        Returns:
            What it has written to standard output.

        Raises:
            StackError: its status was not 0.
        """
        log = self.log_of(child.name)
        _begin(log)
        return await run_to_end(child, log, self._leash, text)

    async def ready(self, name: str, probe: Probe, seconds: float = 60) -> None:
        """Wait until a child answers.

        Raises:
            StackError: it doesn't in time, or keeps dying.
        """
        kept = self._find(name)
        try:
            async with asyncio.timeout(seconds):
                while not await probe():
                    if kept.deaths_in_a_row >= HOPELESS:
                        raise StackError(f"{name} can't be started: {last_words(self.log_of(name))}")
                    await asyncio.sleep(PROBE_SECONDS)
        except TimeoutError:
            raise StackError(f"{name} did not answer within {seconds:.0f} s; see {self.log_of(name)}.") from None

    async def stop(self) -> None:
        """Stop every child, the youngest first."""
        while self._waves:
            async with asyncio.TaskGroup() as together:
                for kept in self._waves.pop().values():
                    together.create_task(kept.stop())

    def _find(self, name: str) -> Kept:
        return next(wave[name] for wave in self._waves if name in wave)


@contextlib.asynccontextmanager
async def supervisor(logs: Path, say: Say, kept_open: Sequence[int] = ()) -> AsyncIterator[Supervisor]:
    """Supervise for as long as the context lasts.

    Args:
        logs: the folder for what the children write; each start begins its log anew.
        say: is told, in one line each, of children that died.
        kept_open: files that stay open until every child has ended, even when this process is killed.
    """
    async with leashed(kept_open) as leash:
        supervising = Supervisor(logs, say, leash)
        try:
            yield supervising
        finally:
            await supervising.stop()


def _begin(log: Path) -> None:
    """Begin a log; the one before is kept beside it."""
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
