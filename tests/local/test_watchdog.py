"""What the watchdog does when the pipe ends."""

import asyncio
import signal

from server.local.watchdog import end, groups_left


def test_only_what_is_left_is_ended() -> None:
    """Groups that have ended are forgotten, those that haven't are known with their signals."""
    lines = ["+ 10 15\n", "+ 11 2\n", "+ 12 15\n", "- 10\n", "- 99\n"]
    assert groups_left(lines) == {11: 2, 12: 15}


async def test_gentle_group_ends_by_its_signal() -> None:
    """A group that heeds its signal ends by it."""
    process = await asyncio.create_subprocess_exec("sleep", "100", start_new_session=True)
    reaped = asyncio.create_task(process.wait())
    await asyncio.to_thread(end, {process.pid: signal.SIGINT})
    assert await reaped == -signal.SIGINT


async def test_stubborn_group_is_killed() -> None:
    """A group that doesn't end within the grace is killed."""
    process = await asyncio.create_subprocess_exec(
        "/bin/sh", "-c", "trap '' TERM; echo; sleep 100; true", start_new_session=True, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    await process.stdout.readline()
    await asyncio.to_thread(end, {process.pid: signal.SIGTERM}, grace_seconds=0.1)
    assert await process.wait() == -signal.SIGKILL


def test_group_that_is_gone_is_no_error() -> None:
    """A group may end between the last line and the end of the pipe."""
    end({2**22 + 1: signal.SIGTERM})
