"""When the packets of a track play, as ffmpeg lists them."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path

from server.ffmpeg.render import Output

HOLE_MS = 200
"""Shorter ones are not time without sound, but the clock of a recorder that catches up with its microphone."""

_FORM = (b"#extradata", b"#codec_id", b"#sample_rate", b"#channel_layout")
_TIME_BASE = b"#tb 0:"
_NO_TIME = b"NOPTS"


@dataclass(frozen=True, slots=True)
class Hole:
    """Time without a packet."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Track:
    """Where a track lies on the clock of its file; holes are counted from its start.

    Tracks of the same `form` can be played by one decoder, one after the other.
    """

    form: tuple[bytes, ...]
    start_ms: int
    end_ms: int
    holes: tuple[Hole, ...]

    @property
    def length_ms(self) -> int:
        """From the beginning of the first packet to the end of the last one."""
        return self.end_ms - self.start_ms


def listing(name: str) -> Output:
    """Have the packets of the first track of sound listed: https://ffmpeg.org/ffmpeg-formats.html#framecrc."""
    return Output(name, ("-map", "0:a:0", "-c", "copy", "-f", "framecrc"), "text/plain")


async def read(path: Path) -> Track | None:
    """Read a listing; None when there is no packet in it."""
    return await asyncio.to_thread(_read, path)


def _read(path: Path) -> Track | None:
    form: list[bytes] = []
    tick_ms = Fraction(1)
    with path.open("rb") as file:
        for line in file:
            if line.startswith(_TIME_BASE):
                tick_ms = 1000 * Fraction(line.removeprefix(_TIME_BASE).decode().strip())
            elif line.startswith(_FORM):
                form.append(line)
            elif not line.startswith(b"#"):
                return _measured(tuple(form), tick_ms, chain((line,), file))
    return None


def _measured(form: tuple[bytes, ...], tick_ms: Fraction, lines: Iterable[bytes]) -> Track | None:
    start = end = None
    longest = int(HOLE_MS / tick_ms)
    holes: list[tuple[int, int]] = []
    for begins, ends in _spans(lines):
        if start is None or end is None:
            start = end = begins
        if begins - end > longest:
            holes.append((end, begins))
        end = max(end, ends)
    if start is None or end is None:
        return None
    found = tuple(Hole(round((left - start) * tick_ms), round((right - start) * tick_ms)) for left, right in holes)
    return Track(form, round(start * tick_ms), round(end * tick_ms), found)


def _spans(lines: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    """Yield the beginning and the end of each packet, in ticks."""
    for line in lines:
        _, _, begins, lasts, _ = line.split(b",", 4)
        if _NO_TIME not in begins:
            yield int(begins), int(begins) + int(lasts)
