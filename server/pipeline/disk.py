"""The disk that jobs work on: a private folder each, within what there is room for."""

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

import structlog

from server.tasks.stage import NotYet, Unworkable

log = structlog.get_logger(__name__)

SPARE = 256 * 1024**2
"""Bytes left free for everything else that lives on the disk."""
LOOK_AGAIN = timedelta(seconds=15)
LOCK = "lock"


class Disk:
    """One worker's folder; room is reserved before it is used, so that no job finds the disk full in its middle."""

    def __init__(self, folder: Path, most: int | None) -> None:
        self._folder = folder
        self._most = most
        self._reserved = 0

    @asynccontextmanager
    async def workplace(self, needed: int) -> AsyncIterator[Path]:
        """Give a private folder that is gone afterwards, whatever happens.

        Args:
            needed: the bytes that will be written there, at most.

        Raises:
            NotYet: they don't fit now, beside what other jobs have reserved.
            Unworkable: they never will.
        """
        self._reserve(needed)
        try:
            place = Path(await asyncio.to_thread(mkdtemp, dir=self._folder))
            try:
                yield place
            finally:
                await asyncio.shield(asyncio.to_thread(shutil.rmtree, place, ignore_errors=True))
        finally:
            self._reserved -= needed

    def _reserve(self, needed: int) -> None:
        usage = shutil.disk_usage(self._folder)
        most = min(self._most or usage.total, usage.total - SPARE)
        if needed > most:
            raise Unworkable(
                "too_large_to_process",
                f"Processing this file needs {needed:,} bytes of disk, and the workers here have {most:,}. "
                "Send it in pieces, or in a compressed format.",
            )
        # What others have written counts as used already; counting it as reserved, too, errs on the safe side.
        if self._reserved + needed > min(most, usage.free - SPARE):
            raise NotYet(f"no room on the disk for {needed:,} bytes", LOOK_AGAIN)
        self._reserved += needed


@contextmanager
def open_disk(root: Path, most: int | None) -> Iterator[Disk]:
    """Make a worker's folder below `root`, and remove those of workers that are gone.

    A folder belongs to a worker for as long as that holds the lock in it; the system lets go of a dead one's.

    Args:
        root: made if need be, for our eyes only.
        most: bytes that jobs may use together; None for all that is free.
    """
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(root / LOCK):  # workers that start together must not take each other's for abandoned
        _remove_abandoned(root)
        folder = Path(mkdtemp(prefix="worker-", dir=root))
        held = _lock(folder / LOCK)
    try:
        yield Disk(folder, most)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _remove_abandoned(root: Path) -> None:
    for folder in root.glob("worker-*"):
        try:
            os.close(_lock(folder / LOCK, fcntl.LOCK_NB))
        except BlockingIOError:
            continue
        shutil.rmtree(folder, ignore_errors=True)
        log.info("removed the files of a worker that is gone", folder=folder.name)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    lock = _lock(file)
    try:
        yield
    finally:
        os.close(lock)


def _lock(file: Path, wait: int = 0) -> int:
    """Lock a file until the descriptor that is returned is closed, by us or by our death."""
    descriptor = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | wait)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
