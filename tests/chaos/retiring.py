"""Workers that are told to go."""

import asyncio
import os
import signal
import time

import psutil

from tests.chaos.rig import SHUTDOWN_SECONDS, Rig

SLACK_SECONDS = 4.0
LOOK_SECONDS = 0.05
START_SECONDS = 60.0


class StuckWorker(Exception):  # noqa: N818 - what it is
    """A worker did not end in time, or no other took its place."""


async def retire(rig: Rig, name: str) -> float:
    """Send SIGTERM to a worker and return after how many seconds it has ended.

    Raises:
        StuckWorker: it takes more than its time to shut down.
    """
    process, began = psutil.Process(rig.pid(name)), time.monotonic()
    os.kill(process.pid, signal.SIGTERM)
    while process.is_running():
        if time.monotonic() - began > SHUTDOWN_SECONDS + SLACK_SECONDS:
            raise StuckWorker(f"{name} has not ended {SHUTDOWN_SECONDS + SLACK_SECONDS:g} s after SIGTERM")
        await asyncio.sleep(LOOK_SECONDS)
    return time.monotonic() - began


async def restart(rig: Rig, name: str) -> float:
    """Send SIGTERM to a worker and return, once another serves in its place, after how many seconds it had ended.

    Raises:
        StuckWorker: it takes more than its time to shut down, or no other takes its place.
    """
    predecessor = rig.pid(name)
    seconds = await retire(rig, name)
    try:
        async with asyncio.timeout(START_SECONDS):
            while rig.pid(name) == predecessor or not _is_called(rig, rig.pid(name)):
                await asyncio.sleep(LOOK_SECONDS)
    except TimeoutError:
        raise StuckWorker(f"{name} has no successor after {START_SECONDS:g} s") from None
    return seconds


def _is_called(rig: Rig, pid: int) -> bool:
    """Say whether a process listens to the calls that Valkey carries."""
    connections = psutil.Process(pid).net_connections("tcp")
    peers = {each.raddr.port for each in connections if each.status == psutil.CONN_ESTABLISHED}
    return rig.running.backing.ports.valkey in peers
