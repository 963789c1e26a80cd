"""What our own processes stand on: Postgres, Valkey and AWS, set up and answering."""

import asyncio
import json
import logging
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import monotonic

from server.local import aws, environment, migration, model, postgres, valkey
from server.local.child import Child
from server.local.claim import claimed
from server.local.credentials import Credentials, load
from server.local.environment import surroundings
from server.local.memory import Memory
from server.local.ports import LOOPBACK, Ports, choose
from server.local.private import private_folder
from server.local.supervisor import Supervisor, supervisor
from server.local.wishes import Deployment, Introduction, Newcomer, Wish

log = logging.getLogger(__name__)

CHECKOUT = Path(__file__).resolve().parents[2]
TEMPLATE = CHECKOUT / "infra/template.yaml"
CALLBACKS = ("/api/v1/auth/callback", "/signed-in")


def say_at_once(line: str) -> None:
    """Print a line, also where the output is buffered."""
    print(line, flush=True)  # noqa: T201 - this is what a person at the terminal sees


@dataclass(frozen=True, slots=True)
class Options:
    """What a stack may be asked for.

    `user` is what the user has set around it; `aws_python` the interpreter that has the local AWS; `say` is told, in
    one line each, what a person who watches should know. With `reload` the API restarts when its code changes.
    """

    ports: Ports = field(default_factory=Ports)
    user: dict[str, str] = field(default_factory=surroundings)
    aws_python: Path = CHECKOUT / ".tools/aws/bin/python"
    say: Callable[[str], None] = say_at_once
    reload: bool = False


@dataclass(frozen=True, slots=True)
class Backing:
    """Services that answer.

    `environment` holds every setting of our processes; `people` can sign in.
    """

    folder: Path
    ports: Ports
    credentials: Credentials
    environment: dict[str, str]
    deployment: Deployment
    people: list[Newcomer]
    supervisor: Supervisor

    @property
    def base_url(self) -> str:
        """Where the API is to answer."""
        return base_url(self.ports)

    async def valkey_holds(self, key: str) -> bool:
        """Say whether Valkey has such a key."""
        return await valkey.holds(self.ports.valkey, self.credentials.valkey, key)

    @property
    def mail_url(self) -> str:
        """Where the mail can be read that would have been sent."""
        return aws.mail_address(self.ports.aws)

    @property
    def token_url(self) -> str:
        """Where machines get their tokens."""
        return f"{aws.address(self.ports.aws)}/oauth2/token"


def base_url(ports: Ports) -> str:
    """Return where the API is to answer."""
    return f"http://{LOOPBACK}:{ports.api}"


@asynccontextmanager
async def backing(folder: Path, options: Options | None = None, *, migrate: bool = False) -> AsyncIterator[Backing]:
    """Run the services on a data folder for as long as the context lasts.

    Our database is there, with nothing in it at first; with `migrate` it has its tables, and the people their roles.

    Raises:
        StackError: it can't be done; the message says why.
    """
    options = options or Options()
    folder = private_folder(folder)
    async with (
        claimed(folder) as claim,
        supervisor(folder / "logs", options.say, kept_open=(claim.descriptor,)) as supervising,
    ):
        ports = choose(options.ports, folder / "ports.json")
        claim.tell(base_url(ports))
        setup = _Setup(folder, options, ports, load(folder / "credentials.json"), supervising)
        try:
            backed = await setup.run(migrate=migrate)
        except ExceptionGroup as failed:
            raise _first(failed) from failed
        yield backed


def _first(failed: Exception) -> Exception:
    """Return what went wrong first; what was running beside it has only been cancelled."""
    while isinstance(failed, ExceptionGroup):
        failed = failed.exceptions[0]
    return failed


@dataclass(frozen=True, slots=True)
class _Setup:
    """The steps from a data folder to services that answer; those that don't need each other run side by side."""

    folder: Path
    options: Options
    ports: Ports
    credentials: Credentials
    supervisor: Supervisor

    async def run(self, *, migrate: bool) -> Backing:
        began = monotonic()
        async with asyncio.TaskGroup() as side_by_side:
            side_by_side.create_task(
                valkey.start(self.supervisor, self.folder / "valkey", self.ports.valkey, self.credentials.valkey)
            )
            side_by_side.create_task(self._database(migrate=migrate))
            speech = side_by_side.create_task(self._speech())
            deploying = side_by_side.create_task(self._aws())
        deployment = deploying.result()
        if migrate:
            await self._introduce(deployment)
        log.debug("the services answer after %.1f s", monotonic() - began)
        user = speech.result() | self.options.user
        return Backing(
            folder=self.folder,
            ports=self.ports,
            credentials=self.credentials,
            environment=environment.of_processes(user, self.folder, self.ports, self.credentials, deployment),
            deployment=deployment,
            people=self._people(),
            supervisor=self.supervisor,
        )

    async def _database(self, *, migrate: bool) -> None:
        folder = self.folder / "postgres"
        await postgres.start(self.supervisor, folder, self.ports.postgres, self.credentials.postgres)
        if migrate:
            where = environment.of_database(self.options.user, self.ports, self.credentials)
            await migration.migrate(self.supervisor, where, CHECKOUT, Memory(folder / "migration.json"))

    async def _speech(self) -> dict[str, str]:
        """Return the settings of the model that comes along, checked; none when the user names another."""
        if self.options.user.get("WHISPER_MODEL"):
            return {}
        await asyncio.to_thread(model.check, model.bundled(), Memory(self.folder / "model.json"))
        return {"WHISPER_MODEL": str(model.bundled()), "HF_HUB_OFFLINE": "1"}

    async def _aws(self) -> Deployment:
        folder, wish = self.folder / "aws", json.dumps(asdict(self._wish()))
        memory = Memory(folder / "deployment.json")
        known = memory.recall(wish)
        if known is not None:
            await self._start_aws(folder)
            return replace(Deployment(**json.loads(known)), changed=False)
        async with asyncio.TaskGroup() as side_by_side:
            side_by_side.create_task(self._start_aws(folder))
            deploying = side_by_side.create_task(
                self.supervisor.run(self._program("deployment", "-m", "server.local.deployment"), wish)
            )
        # It writes down what was made only when it is asked to end.
        await self.supervisor.restart(aws.NAME)
        await aws.wait(self.supervisor, self.ports.aws)
        memory.keep(deploying.result(), wish)
        return Deployment(**json.loads(deploying.result()))

    async def _start_aws(self, folder: Path) -> None:
        relay = self.options.user.get("SMTP_HOST", "")
        await aws.start(self.supervisor, folder, self.ports.aws, self.options.aws_python, self.credentials.aws, relay)

    def _wish(self) -> Wish:
        here = (base_url(self.ports), f"http://localhost:{self.ports.api}", self.options.user.get("PUBLIC_URL"))
        origins = list(dict.fromkeys(origin.rstrip("/") for origin in here if origin))
        return Wish(
            endpoint_url=aws.address(self.ports.aws),
            region=aws.REGION,
            access_key_id=aws.access_key_id(self.credentials.aws),
            secret_access_key=self.credentials.aws,
            template=TEMPLATE.read_text(),
            parameters={
                "WebOrigins": ",".join(origins),
                "CallbackUrls": ",".join(f"{origin}{path}" for origin in origins for path in CALLBACKS),
                "LogoutUrls": ",".join(f"{origin}/" for origin in origins),
                "NeedTls": "false",
                "Services": "false",
            },
            people=self._people(),
            sender=self.options.user.get("MAIL_FROM") or environment.SENDER,
        )

    async def _introduce(self, deployment: Deployment) -> None:
        """Give the people their roles, once for each database."""
        memory = Memory(self.folder / "postgres" / "people.json")
        people = [
            Introduction(
                issuer=deployment.outputs["Issuer"],
                subject=deployment.subjects[person.email],
                email=person.email,
                name=person.name,
                role=person.role,
            )
            for person in self._people()
        ]
        text = json.dumps([asdict(person) for person in people])
        if memory.recall(text) is None:
            await self.supervisor.run(self._program("people", "-m", "server.local.people"), text)
            memory.keep("", text)

    def _people(self) -> list[Newcomer]:
        return [
            Newcomer("admin@example.com", "Admin", self.credentials.admin, "admin"),
            Newcomer("speaker@example.com", "Speaker", self.credentials.speaker, "speaker"),
        ]

    def _program(self, name: str, *arguments: str) -> Child:
        return Child(
            name=name,
            command=(sys.executable, *arguments),
            environment=environment.of_database(self.options.user, self.ports, self.credentials),
        )
