"""What goes wrong around us, made to happen."""

import asyncio
import os
import signal
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

import psutil

from server.configuration.services import Valkey
from server.local import aws
from server.valkey.connection import open_valkey
from tests.chaos import retiring
from tests.chaos.flaky_ffmpeg import Misfortune
from tests.chaos.plan import Fault, Kind
from tests.chaos.rig import LEASE_SECONDS, WHISPERS, WORKERS, Rig

PAUSE_SECONDS = LEASE_SECONDS + 2.0
LOOK_SECONDS = 0.1
MODEL = "whisper_child"


@dataclass(frozen=True, slots=True)
class Faults:
    """Makes planned faults happen, those of one process one after the other.

    `done` counts them; `killed` counts the processes that we have killed, by name.
    """

    rig: Rig
    say: Callable[[str], None]
    freeze_seconds: float
    done: Counter[Kind] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    _locks: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def happen(self, fault: Fault) -> None:
        """Let one fault happen at its time."""
        await asyncio.sleep(fault.at_seconds)
        name, act = self._acts(fault.victim)[fault.kind]
        async with self._locks[name]:
            self.say(f"{fault.kind} ({name})")
            await act()
        self.done[fault.kind] += 1

    def _acts(self, victim: int) -> dict[Kind, tuple[str, Callable[[], Awaitable[None]]]]:
        worker, whisper = WORKERS[victim], WHISPERS[victim]
        restart = self.rig.running.backing.supervisor.restart
        lay = self.rig.ffmpeg.lay
        return {
            Kind.KILL_WORKER: (worker, partial(self._kill, worker)),
            Kind.KILL_WHISPER: (whisper, partial(self._kill, whisper)),
            Kind.KILL_MODEL: (whisper, partial(self._kill_model, whisper)),
            Kind.STOP_WORKER: (worker, partial(self._stop, worker)),
            Kind.STOP_WHISPER: (whisper, partial(self._stop, whisper)),
            Kind.PAUSE_WORKER: (worker, partial(self._pause, worker, PAUSE_SECONDS)),
            Kind.PAUSE_WHISPER: (whisper, partial(self._pause, whisper, PAUSE_SECONDS)),
            Kind.RESTART_POSTGRES: ("postgres", partial(restart, "postgres")),
            Kind.FLUSH_VALKEY: ("valkey", self._flush),
            Kind.RESTART_VALKEY: ("valkey", partial(restart, "valkey")),
            Kind.FREEZE_AWS: ("aws", partial(self._pause, "aws", self.freeze_seconds)),
            Kind.RESTART_AWS: ("aws", self._restart_aws),
            Kind.FFMPEG_KILLED: ("ffmpeg", partial(lay, Misfortune.KILLED)),
            Kind.FFMPEG_DISK_FULL: ("ffmpeg", partial(lay, Misfortune.FULL)),
            Kind.FFMPEG_HANGS: ("ffmpeg", partial(lay, Misfortune.HANGS)),
        }

    async def _kill(self, name: str) -> None:
        pid = self.rig.pid(name)
        os.kill(pid, signal.SIGKILL)
        self.killed[name] += 1
        while self.rig.pid(name) == pid:
            await asyncio.sleep(LOOK_SECONDS)

    async def _kill_model(self, name: str) -> None:
        for child in psutil.Process(self.rig.pid(name)).children():
            if any(MODEL in argument for argument in child.cmdline()):
                child.kill()
                self.killed[name] += 1  # a worker that is just loading it can't go on

    async def _stop(self, name: str) -> None:
        await retiring.restart(self.rig, name)

    async def _pause(self, name: str, seconds: float) -> None:
        with _paused(self.rig.pid(name)):
            await asyncio.sleep(seconds)

    async def _restart_aws(self) -> None:
        backing = self.rig.running.backing
        await backing.supervisor.restart(aws.NAME)
        await aws.wait(backing.supervisor, backing.ports.aws)

    async def _flush(self) -> None:
        async with open_valkey(Valkey.model_validate(self.rig.environment)) as valkey:
            await valkey.flushall()


@contextmanager
def _paused(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)
