"""AWS on this machine, as a child process in an environment of its own."""

import os
from hashlib import sha256
from pathlib import Path

import httpx

from server.local.child import Child
from server.local.errors import StackError
from server.local.ports import LOOPBACK
from server.local.private import private_folder
from server.local.supervisor import Supervisor

NAME = "aws"
REGION = "us-east-1"
SERVICES = ("cloudformation", "cognito-idp", "events", "s3", "ses", "sqs", "transcribe")
ANSWER_SECONDS = 2
# Its own start-up waits 3 s, when asked to end, for long polls whose clients have ended before it. Connections are kept
# as long as it keeps them itself.
PATIENCE = ("--graceful-timeout", "0", "--keep-alive", "75", "--log-level", "WARNING")
# Without workers it serves in the process that was started: its usual one begins to start when that has.
SERVER = ("-m", "hypercorn", "ministack.app:app", "--workers", "0", *PATIENCE)


def address(port: int) -> str:
    """Return where every service answers."""
    return f"http://{LOOPBACK}:{port}"


def access_key_id(secret: str) -> str:
    """Return the id of the account's own key, which may do everything, by its secret.

    Nobody finds it out without that: requests with a header that is signed are held against the id alone.
    """
    return f"LECTERN{sha256(secret.encode()).hexdigest()[:24].upper()}"


def mail_address(port: int) -> str:
    """Return where all mail can be read, as JSON, that was sent since the services started."""
    return f"{address(port)}/_ministack/ses/messages"


async def start(  # noqa: PLR0913, PLR0917 - what runs it, where, and with what
    supervisor: Supervisor, folder: Path, port: int, python: Path, secret: str, relay: str = ""
) -> None:
    """Start the services on the data in `folder` and return once they answer.

    Objects are on disk as soon as they are stored. Everything else is written when the process is asked to end, so
    whoever has set something up that must last restarts it.

    Args:
        supervisor: keeps the process running.
        folder: where the data are.
        port: where it listens.
        python: the interpreter of the environment that has `ministack`.
        secret: the key's of the account; whoever does not know it is refused.
        relay: the mail server, as host:port, that mail is handed on to; without one it goes nowhere.

    Raises:
        StackError: there is no such environment.
    """
    await supervisor.start(_child(folder, port, python, secret, relay))
    await wait(supervisor, port)


async def wait(supervisor: Supervisor, port: int) -> None:
    """Return once the services answer."""
    async with httpx.AsyncClient(base_url=address(port), trust_env=False, timeout=ANSWER_SECONDS) as client:

        async def answers() -> bool:
            try:
                return (await client.get("/_ministack/health")).is_success
            except httpx.TransportError:
                return False

        await supervisor.ready(NAME, answers)


def _child(folder: Path, port: int, python: Path, secret: str, relay: str) -> Child:
    if not python.exists():
        raise StackError(f"There is no {python} to run the local AWS with. Run `make setup`.")
    return Child(
        name=NAME,
        command=(str(python), *SERVER, "--bind", f"{LOOPBACK}:{port}"),
        environment=_environment(private_folder(folder), port, secret) | {"SMTP_HOST": relay},
        folder=folder,
    )


def _environment(folder: Path, port: int, secret: str) -> dict[str, str]:
    """Nothing of ours is passed on: the services are to be the same whatever is set around them."""
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "TMPDIR": str(private_folder(folder / "tmp")),
        "BIND_HOST": LOOPBACK,
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": LOOPBACK,
        "MINISTACK_REGION": REGION,
        "AWS_ACCESS_KEY_ID": access_key_id(secret),
        "AWS_SECRET_ACCESS_KEY": secret,
        "SERVICES": ",".join(SERVICES),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(private_folder(folder / "s3")),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(private_folder(folder / "state")),
        # Listeners beside the gateway, and the reaper of Docker containers, which would take other people's.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": f"unix://{folder}/no-docker",
        "LOG_LEVEL": "WARNING",
        "AUTH": "true",
    }
