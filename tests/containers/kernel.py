"""What the kernel does for containers, as far as Python has no words for it."""

import ctypes
import os
from pathlib import Path

CLONE_NEWNS, CLONE_NEWPID = 0x0002_0000, 0x2000_0000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 32, 4096, 16_384, 1 << 18
PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 24, 38
_LAST_CAPABILITY = Path("/proc/sys/kernel/cap_last_cap")

_libc = ctypes.CDLL(None, use_errno=True)


def unshare(flags: int) -> None:
    """Leave namespaces that are shared with others."""
    _checked(_libc.unshare(flags), "unshare")


def keep_mounts_private() -> None:
    """From now on, what is mounted here is not seen elsewhere; a namespace of mounts of our own comes first."""
    _mount("none", Path("/"), None, MS_REC | MS_PRIVATE)


def mount_layers(layers: list[Path], target: Path, changes: Path | None, work: Path | None = None) -> None:
    """Show folders as one, the first uppermost; what is changed goes into `changes`, without which nothing can be."""
    options = f"lowerdir={':'.join(map(str, layers))}"
    if changes is not None:
        options += f",upperdir={changes},workdir={work}"
    _mount("overlay", target, "overlay", MS_NODEV if changes is None else 0, options)


def unmount(target: Path) -> None:
    """Take away what was mounted last."""
    _checked(_libc.umount2(bytes(target), 0), f"unmounting {target}")


def mount_memory(target: Path, options: str = "mode=1777") -> None:
    """Mount an empty folder that lives in memory."""
    _mount("tmpfs", target, "tmpfs", MS_NOSUID, options)


def mount_processes(target: Path) -> None:
    """Show the processes of this namespace."""
    _mount("proc", target, "proc", MS_NOSUID | MS_NODEV)


def mount_again(source: Path, target: Path, *, read_only: bool = False) -> None:
    """Show a file or folder in a second place."""
    _mount(str(source), target, None, MS_BIND)
    if read_only:
        _mount("none", target, None, MS_BIND | MS_REMOUNT | MS_RDONLY)


def die_with_parent(number: int) -> None:
    """Have the kernel send us a signal when our parent ends."""
    _checked(_libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0), "prctl")


def drop_privileges() -> None:
    """Give up every capability, and the way to get one by a program: `cap_drop: [ALL]`, `no-new-privileges`."""
    for capability in range(int(_LAST_CAPABILITY.read_text()) + 1):
        _checked(_libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0), "prctl")
    _checked(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")


def _mount(source: str, target: Path, kind: str | None, flags: int, options: str = "") -> None:
    told = _libc.mount(
        source.encode(), bytes(target), kind.encode() if kind else None, ctypes.c_ulong(flags), options.encode()
    )
    _checked(told, f"mounting {target}")


def _checked(told: int, what: str) -> None:
    if told != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
