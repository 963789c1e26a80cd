"""Builds both images and runs `compose.yaml`'s services from them: `make containers`.

Without a container engine: each instruction is executed in a root of its own by the kernel's namespaces and mounts.
Otherwise than with one, the images that the Dockerfiles begin with are made of Debian's packages and the pinned Node,
the network is this machine's, and Postgres, Valkey and AWS are those of `lectern up`.
"""

import asyncio
import os
import shutil
import sys
from pathlib import Path
from time import monotonic

from dotenv import dotenv_values

from server.local.backing import CHECKOUT, Backing, Options, backing
from server.local.errors import StackError
from server.local.ports import LOOPBACK
from server.local.supervisor import supervisor
from tests.containers import kernel
from tests.containers.bases import Bases, installed_node
from tests.containers.build import Builder, Image, StepFailed
from tests.containers.compose import Service, read_services
from tests.containers.dockerfile import NotUnderstood
from tests.containers.machine import Unable
from tests.containers.stand import Stand
from tests.containers.trial import Failed, Trial

FOLDER = CHECKOUT / ".tools/images"
SAMPLES = CHECKOUT / "samples"
BEGAN = monotonic()
WIDTH = 110
SERVICES = ("COGNITO_IDENTITY_PROVIDER", "S3", "SES", "SQS", "TRANSCRIBE")


def say(line: str) -> None:
    """Print a line with the seconds since the beginning."""
    print(f"{monotonic() - BEGAN:6.1f} s  {line[:WIDTH]}", flush=True)  # noqa: T201 - this is what one watches


def build(services: list[Service], run: Path) -> dict[str, Image]:
    """Build what the services are made from, each Dockerfile once."""
    bases = Bases(FOLDER, installed_node(CHECKOUT))
    arguments = {service.dockerfile: service.arguments for service in services}
    return {
        name: Builder(CHECKOUT / name, CHECKOUT, run / name, FOLDER / "caches", bases, say, told).build()
        for name, told in arguments.items()
    }


def settings_of(services: Backing) -> dict[str, str]:
    """Give what an env file would say that began as a copy of the example and was filled in.

    Each service of AWS is at an address of its own, as those of other providers are.
    """
    known, aws = services.environment, services.environment["AWS_ENDPOINT_URL"]
    example = dotenv_values(CHECKOUT / ".env.example")
    elsewhere = dict.fromkeys((*(f"AWS_ENDPOINT_URL_{service}" for service in SERVICES), "S3_PUBLIC_ENDPOINT_URL"), aws)
    left_out = dict.fromkeys(("AWS_ENDPOINT_URL", "WHISPER_MODEL"), "")
    return {name: known.get(name, value or "") for name, value in example.items()} | elsewhere | left_out


async def try_out(run: Path) -> None:
    """Build, run, and ask everything of it that has to hold."""
    services = read_services(CHECKOUT / "compose.yaml", {"POSTGRES_PASSWORD": "unused"})
    images = build(services, run)
    async with (
        backing(run / "data", Options(say=say)) as behind,
        supervisor(run / "logs", say) as supervising,
    ):
        elsewhere = {name: behind.environment[name] for name in ("DB_CONNECTION_STR", "VALKEY_URL")}
        elsewhere |= {"UVICORN_HOST": LOOPBACK, "UVICORN_PORT": str(behind.ports.api)}
        written = settings_of(behind)
        stand = Stand(supervising, CHECKOUT, run, images, written, elsewhere)
        for service in services:
            say(f"{service.name}: {' '.join(service.command or images[service.dockerfile].command)}")
            await stand.run(service)
        await ask(Trial(stand, behind))


async def ask(trial: Trial) -> None:
    """See that all is as it must be."""
    await trial.wait()
    say("the API and the workers answer")
    say(f"{await trial.look_at_pages()} files of the built page came")
    for sample in sorted(SAMPLES.glob("*.wav")):
        say(f"{sample.name}: {await trial.transcribe(sample)}")
    await trial.check()
    await trial.look_at_health()
    trial.look_at_rights()
    say("every check of health is content, and nobody has rights or wrote beyond their place")
    say(f"all ended within {await trial.end():.1f} s")


def main() -> int:
    """Try it out.

    Returns:
        The exit status: 0, or 1 when something does not hold or can't be done here; why has then been said.
    """
    if os.geteuid() != 0:
        sys.stderr.write("This needs root: it mounts and changes roots as a container engine does.\n")
        return 1
    try:
        kernel.unshare(kernel.CLONE_NEWNS)
        kernel.keep_mounts_private()
    except OSError as error:
        sys.stderr.write(f"This needs a machine on which root may mount ({error}).\n")
        return 1
    run = FOLDER / "run"
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir(parents=True)
    try:
        asyncio.run(try_out(run))
    except (Failed, NotUnderstood, StackError, StepFailed, Unable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
