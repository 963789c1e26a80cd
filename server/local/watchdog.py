"""Ends what a process has left running when it died without a word.

Run as a program, with the read end of a pipe as standard input. The process that is watched holds the only write end,
and says on it which process groups it starts (`+ GROUP SIGNAL`) and which have ended (`- GROUP`). When it ends, so
has the process, whatever ended it. Linux and macOS both keep to that; a death signal is Linux's alone.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable

GRACE_SECONDS = 10.0
LOOK_SECONDS = 0.05


def groups_left(lines: Iterable[str]) -> dict[int, int]:
    """Follow the pipe to its end.

    Returns:
        The process groups that were still there, each with the signal that asks it to end; oldest first.
    """
    groups: dict[int, int] = {}
    for line in lines:
        match line.split():
            case ["+", group, number]:
                groups[int(group)] = int(number)
            case ["-", group]:
                groups.pop(int(group), None)
    return groups


def end(groups: dict[int, int], grace_seconds: float = GRACE_SECONDS) -> None:
    """Ask the groups to end, youngest first, and kill those that are still there after the grace."""
    for group, number in reversed(groups.items()):
        _signal(group, number)
    deadline = time.monotonic() + grace_seconds
    while any(_signal(group, 0) for group in groups) and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)
    for group in groups:
        _signal(group, signal.SIGKILL)


def _signal(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS answers with the latter for zombies
        return False
    return True


def main() -> None:
    """Watch until the pipe ends, then clear up."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    end(groups_left(sys.stdin))


if __name__ == "__main__":
    main()
