"""What becomes of children whose parent is killed."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from server.local.claim import claimed
from server.local.errors import StackError
from tests.local.tracks import lives, until, until_gone

PARENT = Path(__file__).with_name("parent.py")


@contextlib.asynccontextmanager
async def parent(folder: Path) -> AsyncIterator[tuple[Process, list[int]]]:
    """Run a parent; gives it and the processes that it has started, its watchdog's not among them."""
    process = await asyncio.create_subprocess_exec(sys.executable, str(PARENT), str(folder), stdout=PIPE)
    assert process.stdout is not None
    try:
        yield process, json.loads(await process.stdout.readline())
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def watchdog_of(process: Process) -> psutil.Process:
    """Find the watchdog among the children."""
    [found] = [child for child in psutil.Process(process.pid).children() if "watchdog" in " ".join(child.cmdline())]
    return found


async def test_no_orphan_after_kill(tmp_path: Path) -> None:
    """`kill -9` of the parent ends its children, theirs and the watchdog."""
    async with parent(tmp_path) as (process, started):
        family = [*started, watchdog_of(process).pid]
        assert all(lives(pid) for pid in family)
        process.kill()
        await until_gone(family)


async def test_watchdog_is_replaced(tmp_path: Path) -> None:
    """A watchdog that was killed has a successor, which knows of children started before it."""
    async with parent(tmp_path) as (process, started):
        first = watchdog_of(process)
        first.kill()
        await until(
            lambda: any(child.pid not in (*started, first.pid) for child in psutil.Process(process.pid).children())
        )
        second = watchdog_of(process).pid
        process.kill()
        await until_gone([*started, second])


async def test_interrupt_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C ends the parent with all its children, and the watchdog has gone before it."""
    async with parent(tmp_path) as (process, started):
        watchdog = watchdog_of(process).pid
        process.send_signal(signal.SIGINT)
        await process.wait()
        assert not any(lives(pid) for pid in [*started, watchdog])


async def test_folder_is_held_until_all_is_cleared_up(tmp_path: Path) -> None:
    """Whoever comes after a parent that was killed gets the folder when its last child is gone, not before."""
    async with parent(tmp_path) as (process, started):
        [late, *others] = started
        os.kill(late, signal.SIGSTOP)  # it can't end until it may go on
        process.kill()
        await process.wait()  # until then it counts as running
        await until_gone(others)
        claiming = asyncio.create_task(claim_and_look(tmp_path, late))
        await asyncio.sleep(0.3)
        assert not claiming.done()
        os.kill(late, signal.SIGCONT)
        assert not await claiming


async def claim_and_look(folder: Path, pid: int) -> bool:
    """Get the folder; tell whether the process ran when it was got."""
    async with claimed(folder):
        return lives(pid)


async def test_folder_in_use_is_refused(tmp_path: Path) -> None:
    """A second stack on one folder is told where the first answers."""
    async with parent(tmp_path):
        with pytest.raises(StackError, match=r"already; it answers at http://127\.0\.0\.1:1\."):
            async with claimed(tmp_path):
                pass
