"""What is asked of services that run: that they answer, work, hold to their place, and end when told."""

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

import httpx
import psutil

from server.client.sign_in import SCOPE
from server.local.backing import Backing
from server.tasks.queues import Queue
from tests.containers.stand import Container, Stand

WORKERS = {"worker": Queue.WORK, "whisper": Queue.WHISPER}
HASHED = re.compile(r'(?:src|href)="(/assets/[^"]+)"')
FORBIDDEN = re.compile(r"Read-only file system|Permission denied")
NOTHING = {"CapEff": 0, "CapBnd": 0, "NoNewPrivs": 1}
IN_MEMORY = "/tmp"  # noqa: S108 - the container's own
SAID = "Dashwood"
"""In the sample: nothing that a silent model would come upon."""


class Failed(Exception):  # noqa: N818 - what the trial has
    """Something is not as it must be; the message says what."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Asks a stand's services, whose API answers where the backing says."""

    stand: Stand
    backing: Backing

    async def wait(self) -> None:
        """Return once all answer."""
        async with self._client() as client:

            async def answers() -> bool:
                try:
                    return bool((await client.get("/readyz")).json() == {"status": "ready", "down": []})
                except httpx.TransportError:
                    return False

            for container in self.stand.running:
                queue = WORKERS.get(container.service.name)
                probe = partial(self.backing.valkey_holds, queue.sign_of_life) if queue else answers
                await self.stand.supervisor.ready(container.name, probe, 90)

    async def look_at_health(self) -> None:
        """Run each one's own check."""
        for container in self.stand.running:
            await self.stand.run_beside(container, f"health-of-{container.name}", *container.health)

    async def check(self) -> None:
        """Have each kind of process try whatever it will need."""
        for service in ("api", "worker", "whisper"):
            command = f"lectern check --as {service} --without outbound >&2"  # into its log
            await self.stand.run_beside(self._one(service), f"check-of-{service}", "sh", "-c", command)

    async def look_at_pages(self) -> int:
        """Fetch the first page and what it names, and return how many files that were."""
        async with self._client() as client:
            first = await client.get("/")
            named = HASHED.findall(first.text)
            _hold(first.status_code == httpx.codes.OK and named, f"GET / is {first.status_code} and names {named}")
            for path in named:
                answer = await client.get(path)
                kept = answer.headers.get("Cache-Control", "")
                _hold(answer.is_success and "immutable" in kept, f"GET {path} is {answer.status_code}, kept {kept!r}")
        return 1 + len(named)

    async def transcribe(self, sample: Path) -> str:
        """Send a recording by the image's own `lectern`, as a machine that signs in, and return its text."""
        container = self._one("api")
        client = self.backing.deployment
        async with httpx.AsyncClient(trust_env=False, timeout=30) as anyone:
            granted = await anyone.post(
                self.backing.token_url,
                auth=(client.machine_client_id, client.machine_client_secret),
                data={"grant_type": "client_credentials", "scope": SCOPE},
            )
        inside = f"{IN_MEMORY}/{sample.name}"
        command = ("lectern", "transcribe", inside, "--server", self.backing.base_url)
        told = {"LECTERN_TOKEN": granted.json()["access_token"]}
        text = await self.stand.run_beside(
            container, "lectern", *command, shown={inside: str(sample)}, environment=told
        )
        _hold(SAID in text, f"the text of {sample.name} is {text!r}")
        return text.strip()

    def look_at_rights(self) -> None:
        """See that no process of theirs has more rights than it needs, or tried to write where it must not."""
        for container in self.stand.running:
            processes = psutil.Process(self.stand.supervisor.pids[container.name]).children(recursive=True)
            _hold(processes, f"{container.name} has no process")
            for process in processes:
                held = _rights_of(process)
                _hold(held == {"Uid": container.room.user, **NOTHING}, f"{container.name} has the rights {held}")
            if refused := FORBIDDEN.search(self.stand.supervisor.log_of(container.name).read_text()):
                raise Failed(f"{container.name} wrote where it must not: {refused[0]}")

    async def end(self) -> float:
        """Have all end as an engine does, and return how many seconds that took."""
        began = monotonic()
        await self.stand.supervisor.stop()
        took, patience = monotonic() - began, min(container.service.stop_seconds for container in self.stand.running)
        _hold(took < patience, f"they took {took:.1f} s to end, and one of them may have been killed")
        return took

    def _one(self, service: str) -> Container:
        return next(container for container in self.stand.running if container.service.name == service)

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.backing.base_url, trust_env=False, timeout=10)


def _rights_of(process: psutil.Process) -> dict[str, int]:
    """Read as whom a process runs, and what it may do beyond that."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    told = {name: value.split()[0] for name, _, value in (line.partition(":") for line in lines) if value.strip()}
    return {"Uid": int(told["Uid"])} | {name: int(told[name], 16) for name in NOTHING}


def _hold(true: object, otherwise: str) -> None:
    if not true:
        raise Failed(f"{otherwise}.")
