"""Everything on this machine with one command."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from server.configuration.reading import SettingsWrong
from server.local import environment
from server.local.backing import CHECKOUT, Backing, Options, backing
from server.local.child import Child
from server.local.errors import SettingsRefused, StackError
from server.local.ports import LOOPBACK, Ports
from server.local.private import write_private
from server.local.wishes import Newcomer
from server.settings import read_settings
from server.tasks.queues import Queue

FOLDER = Path(".lectern")
ANSWER_SECONDS = 5
STOPS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
YIELD = ("nice", "-n", "5")
"""Workers leave the processor to those who wait for an answer."""


@dataclass(frozen=True, slots=True)
class Running:
    """A whole stack that answers."""

    backing: Backing
    local_json: Path

    @property
    def base_url(self) -> str:
        """Where the API answers."""
        return self.backing.base_url

    @property
    def people(self) -> list[Newcomer]:
        """Who can sign in."""
        return self.backing.people

    @property
    def pids(self) -> dict[str, int]:
        """The present process of each child: `api`, `worker`, `whisper`, `postgres`, `valkey`, `aws`."""
        return self.backing.supervisor.pids


@contextlib.asynccontextmanager
async def stack(folder: Path = FOLDER, options: Options | None = None) -> AsyncIterator[Running]:
    """Run services, API and workers on a data folder for as long as the context lasts.

    Raises:
        StackError: it can't be done; the message says why.
    """
    options = options or Options()
    async with backing(folder, options, migrate=True) as services:
        check_settings(services.environment)
        await services.supervisor.start(*_children(services, reloading=options.reload))
        await _wait(services)
        with _described(services) as local_json:
            yield Running(services, local_json)


async def up(folder: Path = FOLDER, ports: Ports | None = None, *, reload: bool = False) -> int:
    """Run the stack until Ctrl-C or SIGTERM; with `reload` the API restarts when its code changes.

    Returns:
        The exit status, as of `until_stopped`.
    """
    return await until_stopped(_serve(folder, Options(ports=ports or Ports(), reload=reload)))


async def until_stopped(work: Coroutine[None, None, None]) -> int:
    """Serve until Ctrl-C or SIGTERM.

    Returns:
        The exit status: 0, 2 when a setting is wrong, or 1 when something else keeps it from being done; why has then
        been said on standard error.
    """
    serving = asyncio.create_task(work)

    def stop() -> None:
        # Once: a second Ctrl-C must not keep the children from being stopped.
        if not serving.cancelling():
            serving.cancel()

    loop = asyncio.get_running_loop()
    for number in STOPS:
        loop.add_signal_handler(number, stop)
    try:
        with contextlib.suppress(asyncio.CancelledError):
            await serving
    except StackError as error:
        sys.stderr.write(f"{error}\n")
        return error.status
    finally:
        for number in STOPS:
            loop.remove_signal_handler(number)
    return 0


# Pages keep their stream of events open, and connect again by themselves. An idle connection is for the caller to
# close: were both to do so after the usual 5 s, requests would now and then be sent into one that is just closing.
PATIENCE = ("--timeout-graceful-shutdown", "2", "--timeout-keep-alive", "75")


async def _serve(folder: Path, options: Options) -> None:
    async with stack(folder, options) as running:
        options.say(welcome(running, running.base_url))
        try:
            await asyncio.Event().wait()
        finally:
            options.say("Stopping.")


def check_settings(environment: Mapping[str, str]) -> None:
    """See that our processes will take what they are told: each would end at once, and be started again.

    Raises:
        SettingsRefused: saying what is wrong.
    """
    try:
        read_settings(environment)
    except SettingsWrong as wrong:
        raise SettingsRefused(str(wrong)) from None


def _children(services: Backing, *, reloading: bool) -> list[Child]:
    api = ("-m", "uvicorn", "server.application:app", "--host", LOOPBACK, "--port", str(services.ports.api))
    reload = ("--reload", "--reload-dir", str(CHECKOUT / "server")) if reloading else ()
    worker = ("-m", "arq", "server.worker.settings.WorkerSettings")
    whisper = ("-m", "arq", "server.worker.settings.WhisperWorkerSettings")
    programs = {
        "api": (sys.executable, *api, *PATIENCE, *reload),
        "worker": (*YIELD, sys.executable, *worker),
        "whisper": (*YIELD, sys.executable, *whisper),
    }
    return [Child(name=name, command=command, environment=services.environment) for name, command in programs.items()]


async def _wait(services: Backing) -> None:
    async with httpx.AsyncClient(base_url=services.base_url, trust_env=False, timeout=ANSWER_SECONDS) as client:

        async def answers() -> bool:
            try:
                return (await client.get("/readyz")).status_code == httpx.codes.OK
            except httpx.TransportError:
                return False

        await services.supervisor.ready("api", answers)
    for name, queue in {"worker": Queue.WORK, "whisper": Queue.WHISPER}.items():
        await services.supervisor.ready(name, partial(services.valkey_holds, queue.sign_of_life))


@contextlib.contextmanager
def _described(services: Backing) -> Iterator[Path]:
    """Keep what clients and commands on this machine need in files of mode 0600, for as long as the stack answers."""
    file, told = services.folder / "local.json", services.folder / environment.FILE
    description = {
        "base_url": services.base_url,
        "token_url": services.token_url,
        "machine_client_id": services.deployment.machine_client_id,
        "machine_client_secret": services.deployment.machine_client_secret,
        "people": [
            {"email": person.email, "password": person.password, "role": person.role} for person in services.people
        ],
    }
    of_stack = {name: value for name, value in services.environment.items() if os.environ.get(name) != value}
    write_private(told, json.dumps(of_stack, indent=2))
    write_private(file, json.dumps(description, indent=2))
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)
        told.unlink(missing_ok=True)


def welcome(running: Running, address: str) -> str:
    """Tell the person at the terminal where it answers, and who can sign in."""
    people = "\n".join(f"  {person.role:<8} {person.email}  {person.password}" for person in running.people)
    return f"""Lectern answers at {address}

{people}
  machines get their tokens at {running.backing.token_url}, with the client in {running.local_json}

Mail can be read at {running.backing.mail_url}

Try it, from another terminal:  lectern transcribe FILE
Ctrl-C stops everything; what was made stays in {running.backing.folder}."""
