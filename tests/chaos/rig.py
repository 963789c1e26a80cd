"""The stack that is put to the test: short leases, two workers of each kind, an ffmpeg that fails."""

import random
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import stamina

from server.aws.clients import Clients, open_clients
from server.client.client import Client
from server.configuration.services import Aws
from server.ffmpeg.binary import find_ffmpeg
from server.local.backing import Options
from server.local.child import Child
from server.local.ports import LOOPBACK, Ports, choose
from server.local.private import private_folder
from server.local.stack import YIELD, Running, stack
from tests.chaos.flaky_ffmpeg import FlakyFfmpeg
from tests.chaos.ledger import Ledger
from tests.chaos.mailbox import mailbox
from tests.chaos.owners import signed_in
from tests.chaos.receivers import receiving
from tests.chaos.telling import QUEUE, Telling
from tests.unmeasured import unmeasured

WORKERS = ("worker", "worker-2")
WHISPERS = ("whisper", "whisper-2")
LEASE_SECONDS = 4
SHUTDOWN_SECONDS = 10
SETTINGS = {
    "TASK_LEASE_SECONDS": str(LEASE_SECONDS),
    "TASK_MAX_ATTEMPTS": "20",
    "SWEEP_SECONDS": "1",
    "SHUTDOWN_SECONDS": str(SHUTDOWN_SECONDS),
    "FFMPEG_STALL_SECONDS": "3",
    "UPLOAD_URL_EXPIRATION_MINUTES": "1",
    "ORPHAN_MINUTES": "1",
    "TIDY_MINUTES": "1",
    "LOG_FORMAT": "json",
}
HASTENED = {"ORPHAN_MINUTES": "0"}
VISIBILITY_SECONDS = 4
PASS_TIME = (
    "UPDATE uploads SET expires_at = least(expires_at, now() - interval '1 hour') WHERE status = 'pending'",
    "UPDATE tasks SET run_after = least(run_after, clock_timestamp()) WHERE kind = 'tidy' AND state = 'pending'",
)
CONNECT_SECONDS = 5
ACCOUNT = "000000000000"
"""Of the local AWS."""
START_SECONDS = 30
AWAY = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
)


@dataclass(frozen=True, slots=True)
class Rig:
    """A running stack, with what it takes to trouble it and to look behind it.

    `telling` knows who is told of what; `said` is what the supervisor has told of its children; `ledger` is of all that
    was ever sent to it.
    """

    running: Running
    aws: Clients
    owners: list[Client]
    ffmpeg: FlakyFfmpeg
    telling: Telling
    said: list[str]
    ledger: Ledger = field(default_factory=Ledger)
    hastened: bool = False

    @property
    def environment(self) -> Mapping[str, str]:
        """The settings of the stack's processes."""
        return self.running.backing.environment

    @property
    def work_folder(self) -> Path:
        """Where jobs keep their files."""
        return Path(self.environment["WORK_FOLDER"])

    def pid(self, name: str) -> int:
        """Return the present process of a child."""
        return self.running.pids[name]

    def log_of(self, name: str) -> Path:
        """Say where a child's output goes."""
        return self.running.backing.supervisor.log_of(name)

    async def fetch(self, statement: str) -> list[asyncpg.Record]:
        """Ask the database, which may just be starting again, over a connection of its own."""
        address = self.environment["DB_CONNECTION_STR"].replace("+asyncpg", "")
        async for attempt in stamina.retry_context(on=AWAY, timeout=START_SECONDS, attempts=None, wait_max=1.0):
            with attempt:
                connection = await asyncpg.connect(address, timeout=CONNECT_SECONDS)
                try:
                    rows: list[asyncpg.Record] = await connection.fetch(statement)
                finally:
                    await connection.close(timeout=CONNECT_SECONDS)
        return rows

    async def pass_time(self) -> None:
        """Let the addresses of uploads run out, and the buckets be gone through, now and not in a minute."""
        for statement in PASS_TIME:
            await self.fetch(statement)


@asynccontextmanager
async def rig(folder: Path, owners: int, *, hastened: bool = False) -> AsyncIterator[Rig]:
    """Run a stack on a folder for as long as the context lasts, with so many owners signed in.

    When it is hastened, dead letters come soon, and the time of addresses and objects can be made to pass.
    """
    flaky = FlakyFfmpeg(folder / "ffmpeg", find_ffmpeg(None))
    flaky.install()
    data, said = private_folder(folder / ".lectern"), list[str]()
    ports = choose(Ports(), data / "ports.json")
    user = unmeasured(Options().user) | SETTINGS | (HASTENED if hastened else {}) | {"FFMPEG": str(flaky.program)}
    async with receiving(random.Random()) as receivers, mailbox() as box:  # noqa: S311 - who refuses is no secret
        telling = Telling(receivers, box, f"http://{LOOPBACK}:{ports.aws}/{ACCOUNT}/{QUEUE}")
        options = Options(ports=ports, user={**user, **telling.settings()}, say=said.append)
        async with (
            stack(data, options) as running,
            open_clients(_aws(running)) as aws,
            signed_in(running, owners) as clients,
        ):
            rigged = Rig(running, aws, clients, flaky, telling, said, hastened=hastened)
            await _prepare(rigged)
            yield rigged


def _aws(running: Running) -> Aws:
    return Aws.model_validate(running.backing.environment)


async def _prepare(rigged: Rig) -> None:
    """Start what the stack has only one of, and introduce everybody to one another."""
    await _start_second_workers(rigged.running)
    await rigged.aws.sqs.create_queue(QueueName=QUEUE)
    await rigged.telling.introduce(rigged.owners)
    if rigged.hastened:
        queue, visibility = _aws(rigged.running).uploads_queue_url, {"VisibilityTimeout": str(VISIBILITY_SECONDS)}
        await rigged.aws.sqs.set_queue_attributes(QueueUrl=queue, Attributes=visibility)  # type: ignore[arg-type] # its stubs want literal keys


async def _start_second_workers(running: Running) -> None:
    kinds = {WORKERS[1]: "WorkerSettings", WHISPERS[1]: "WhisperWorkerSettings"}
    await running.backing.supervisor.start(
        *[
            Child(
                name=name,
                command=(*YIELD, sys.executable, "-m", "arq", f"server.worker.settings.{settings}"),
                environment=running.backing.environment,
            )
            for name, settings in kinds.items()
        ]
    )
