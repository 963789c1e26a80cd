"""A program in a root of its own: `python -m tests.containers.room SPECIFICATION COMMAND…`.

It gets the namespaces of a container but for the network's, which it shares with this machine.
"""

import json
import os
import signal
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from tests.containers import kernel

DEVICES = ("full", "null", "random", "urandom", "zero")
PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where and as whom a program runs.

    Attributes:
        root: the folder, a mount already or with `layers` to be one.
        layers: folders to be seen as the root, the uppermost first, read-only.
        shown: what of this machine is seen in the room, read-only, by its path there.
        volumes: folders of this machine that the room may write to, by their path there.
        in_memory: options of empty folders in memory, by their path there.
        confined: without capabilities.
    """

    root: str
    folder: str
    user: int
    group: int
    environment: dict[str, str]
    layers: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    volumes: dict[str, str] = field(default_factory=dict)
    in_memory: dict[str, str] = field(default_factory=dict)
    confined: bool = False

    def command(self, *arguments: str) -> tuple[str, ...]:
        """Give the command of this machine that runs one of the room's."""
        return (sys.executable, "-m", "tests.containers.room", json.dumps(asdict(self)), *arguments)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `command` has written."""
        return cls(**json.loads(text))

    def inside(self, path: str) -> Path:
        """Say where on this machine a path of the room is."""
        return Path(self.root, path.lstrip("/"))


def furnish(room: Room) -> None:
    """Mount what the room has beside its files."""
    if room.layers:
        kernel.mount_layers([Path(layer) for layer in room.layers], Path(room.root), changes=None)
    devices = room.inside("/dev")
    kernel.mount_memory(devices, "mode=755")
    for name in DEVICES:
        (devices / name).touch()
        kernel.mount_again(Path("/dev", name), devices / name)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        (devices / name).symlink_to(f"/proc/self/fd/{number}")
    (devices / "fd").symlink_to("/proc/self/fd")
    (devices / "shm").mkdir()
    for target, source in room.volumes.items():
        kernel.mount_again(Path(source), room.inside(target))
    for target, options in room.in_memory.items():
        kernel.mount_memory(room.inside(target), options)
    for target, source in room.shown.items():
        if not room.inside(target).exists():
            room.inside(target).touch()
        kernel.mount_again(Path(source), room.inside(target), read_only=True)


def enter(room: Room, command: list[str]) -> None:
    """Become a program in the room."""
    kernel.mount_processes(room.inside("/proc"))
    if room.confined:
        kernel.drop_privileges()
    os.chroot(room.root)
    os.chdir(room.folder)
    os.setgroups([])
    os.setresgid(room.group, room.group, room.group)
    os.setresuid(room.user, room.user, room.user)
    kernel.die_with_parent(signal.SIGKILL)  # which a change of the user would have undone
    try:
        os.execvpe(command[0], command, room.environment)  # noqa: S606 - as an engine does, without a shell
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


def main() -> int:
    """Run the program and end as it did."""
    room, command = Room.read(sys.argv[1]), sys.argv[2:]
    os.umask(0o022)
    kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWPID)
    kernel.keep_mounts_private()
    furnish(room)
    if (child := os.fork()) == 0:
        enter(room, command)
    for number in PASSED_ON:
        signal.signal(number, lambda number, _: os.kill(child, number))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) % 256


if __name__ == "__main__":
    sys.exit(main())
