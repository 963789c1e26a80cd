"""Put limits on this process, then become another program: `confined_exec.py NAME=VALUE,… PARENT PROGRAM ARG…`.

It runs by path in an interpreter without site packages, so it imports the standard library alone.
"""

import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def set_limit(name: str, value: int) -> None:
    """Lower the soft and the hard limit RLIMIT_`name` to `value`, or to the hard limit that is there already."""
    which = getattr(resource, f"RLIMIT_{name}")
    _, hard = resource.getrlimit(which)
    wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(which, (wanted, wanted))
    except ValueError:
        # macOS has the name RLIMIT_AS but refuses values; there the other limits must do.
        if sys.platform != "darwin" or name != "AS":
            raise


def die_with(parent: int) -> None:
    """Have the kernel kill this process when `parent` dies, however it dies (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the line above
            sys.exit(1)


def main(arguments: list[str]) -> None:
    """Confine this process, then replace it; exit with 127 when the program can't be started."""
    limits, parent, *argv = arguments
    die_with(int(parent))
    # Python ignores these two, and ignored signals stay ignored in the program that follows.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    for limit in filter(None, limits.split(",")):
        name, _, value = limit.partition("=")
        if name == "nice":
            os.nice(int(value))
        else:
            set_limit(name, int(value))
    try:
        os.execv(argv[0], argv)  # noqa: S606 - no shell is what is wanted
    except OSError as error:
        sys.stderr.write(f"{argv[0]}: {error.strerror}\n")
        sys.exit(127)


if __name__ == "__main__":
    main(sys.argv[1:])
