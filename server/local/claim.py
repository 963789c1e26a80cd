"""One stack at a time on one data folder."""

import asyncio
import fcntl
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from server.local.errors import StackError

CLEARING_SECONDS = 20
LOOK_SECONDS = 0.1
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A locked data folder. The lock is held as long as any process has `descriptor` open."""

    descriptor: int

    def tell(self, base_url: str) -> None:
        """Write down for others who holds the folder, and where it answers; empty while it can't yet."""
        text = json.dumps({"pid": os.getpid(), "base_url": base_url}).encode()
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, text, 0)


@asynccontextmanager
async def claimed(folder: Path) -> AsyncIterator[Claim]:
    """Hold the data folder.

    What a stack that was killed has left is waited for while its watchdog clears up.

    Raises:
        StackError: a stack runs on it already; the message says where.
    """
    claim = Claim(os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    try:
        await _lock(claim.descriptor, folder)
        claim.tell("")
        yield claim
    finally:
        os.close(claim.descriptor)


async def _lock(descriptor: int, folder: Path) -> None:
    for _ in range(ceil(CLEARING_SECONDS / LOOK_SECONDS)):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _refuse_if_running(descriptor, folder)
            await asyncio.sleep(LOOK_SECONDS)
        else:
            return
    raise StackError(f"What an earlier stack has left on {folder} does not end.")


def _refuse_if_running(descriptor: int, folder: Path) -> None:
    told = os.pread(descriptor, LONGEST, 0)
    if not told:
        return
    holder = json.loads(told)
    try:
        os.kill(holder["pid"], 0)
    except ProcessLookupError:
        return
    except PermissionError:
        pass  # it lives, and is another user's
    where = f"; it answers at {holder['base_url']}" if holder["base_url"] else ", and is just starting"
    raise StackError(f"A stack runs on {folder} already{where}. Stop it with Ctrl-C there, or `kill {holder['pid']}`.")
