"""Which filters an ffmpeg was built with."""

from collections.abc import Collection
from pathlib import Path

from server.ffmpeg.confine import Limits, run

_LIMITS = Limits(seconds=30, memory=2 * 1024**3)
_MOST_OUTPUT = 256 * 1024


async def has_filters(ffmpeg: Path, names: Collection[str], folder: Path) -> bool:
    """Say whether a program has all of the filters, by its own list.

    Raises:
        TimedOut: it didn't say so in time.
    """
    finished = await run((str(ffmpeg), "-hide_banner", "-filters"), folder, _LIMITS, most=_MOST_OUTPUT)
    rows = (line.split() for line in finished.stdout.decode(errors="replace").splitlines())
    return {*names} <= {row[1] for row in rows if len(row) > 1}
