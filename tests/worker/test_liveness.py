"""What a container's health is told by."""

import asyncio
import os
from pathlib import Path

from server.worker.liveness import show_life
from server.worker.settings import end


async def test_sign_of_life_stays_young(tmp_path: Path) -> None:
    """However old the file has become, the next beat renews it; without its folder a worker works on."""
    sign = tmp_path / "later" / "work.alive"
    showing = asyncio.create_task(show_life(sign.parent, "work", beat_seconds=0.01))
    await asyncio.sleep(0.02)
    sign.parent.mkdir()
    for _ in range(2):
        async with asyncio.timeout(10):
            while not sign.exists() or sign.stat().st_mtime == 0:
                await asyncio.sleep(0.01)
        os.utime(sign, (0, 0))
    await end(showing)
