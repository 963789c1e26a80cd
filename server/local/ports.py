"""The ports of one stack: free ones, and the same again the next time where they still are free."""

import json
import random
import socket
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from server.local.errors import StackError

LOOPBACK = "127.0.0.1"
UNCLAIMED = range(20_000, 32_000)
"""Systems give ports above these to whoever asks for any; one of those could be gone before our service listens."""
TRIES = 100


@dataclass(frozen=True, slots=True)
class Ports:
    """Ports on loopback; 0 stands for any free one."""

    api: int = 0
    aws: int = 0
    postgres: int = 0
    valkey: int = 0


def choose(wished: Ports, remembered: Path) -> Ports:
    """Choose a port for each service: the wished, else the one of the last time, else a free one.

    Raises:
        StackError: another program listens on a wished port.
    """
    before = Ports(**json.loads(remembered.read_text())) if remembered.exists() else Ports()
    chosen = wished
    # All sockets stay bound until all ports are chosen, so that no two are the same.
    with ExitStack() as held:
        for name, wish in asdict(wished).items():
            if wish and _take(held, wish) is None:
                raise StackError(f"Port {wish}, wished for {name}, is in use by another program.")
        for name, last in asdict(before).items():
            if last and not getattr(chosen, name) and _take(held, last) is not None:
                chosen = replace(chosen, **{name: last})
        for name, port in asdict(chosen).items():
            if not port:
                chosen = replace(chosen, **{name: _take_any(held)})
    remembered.write_text(json.dumps(asdict(chosen)))
    return chosen


def _take_any(held: ExitStack) -> int:
    for _ in range(TRIES):
        port = random.choice(UNCLAIMED)  # noqa: S311 - chance only keeps two stacks apart that start together
        if _take(held, port) is not None:
            return port
    raise StackError(f"Among {TRIES} ports from {UNCLAIMED[0]} to {UNCLAIMED[-1]}, none was free.")


def _take(held: ExitStack, port: int) -> int | None:
    bound = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
    # A port whose last connections are still fading (TIME_WAIT) counts as free, as it does for servers.
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((LOOPBACK, port))
    except OSError:
        return None
    return port
