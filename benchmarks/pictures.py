"""Renditions of a photograph and of videos, over bare Pillow and bare ffmpeg on the same files.

Ours and the bare thing are measured in turns in one run, since machines differ and are noisy; only the ratio means
something. Run by `make bench`.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.speech import record
from server.ffmpeg import video
from server.ffmpeg.allowance import picture_allowance, picture_kbit
from server.ffmpeg.binary import find_ffmpeg
from server.ffmpeg.probe import probe
from server.ffmpeg.render import render
from server.ffmpeg.source import Source
from server.images.render import Order
from server.images.render import render as render_image

TURNS = 3
HOUR_MS = 3_600_000
AIMS = {"photograph of 12 megapixels": 1.3, "video of 10 s, encoded": 1.15, "video of 10 min, copied": 1.5}
SIDES = {"web": 2048, "thumbnail": 320}
PHOTOGRAPH = """
import sys
import numpy
from PIL import Image
noise = numpy.random.default_rng(1).normal(0, 12, (3000, 4000, 3))
slope = numpy.linspace(40, 210, 4000)[None, :, None]
Image.fromarray(numpy.clip(noise + slope, 0, 255).astype("uint8")).save(sys.argv[1], quality=92)
"""
BARE_PICTURES = """
import sys
from PIL import Image
for name, side in (("web", 2048), ("thumbnail", 320)):
    with Image.open(sys.argv[1]) as picture:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        picture.save(sys.argv[1] + name + ".webp", quality=80)
"""


class Bench:
    """Both sides of each comparison, on files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ffmpeg = folder, find_ffmpeg(None)

    def run(self, *arguments: str) -> None:
        """Run a program of our own choice to its end."""
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own arguments

    def convert(self, *arguments: str) -> None:
        """Run bare ffmpeg."""
        self.run(str(self.ffmpeg), "-loglevel", "error", "-y", *arguments)

    async def photograph(self) -> tuple[float, float]:
        """Make two smaller pictures of a large one."""
        path = self.folder / "photograph.jpg"
        self.run(sys.executable, "-c", PHOTOGRAPH, str(path))
        order = Order(path=path, decoder="JPEG", sides=SIDES, moving="web", most_megapixels=100)
        return await in_turns(
            lambda: self.run(sys.executable, "-c", BARE_PICTURES, str(path)),
            lambda: render_image(order, order.limits(path.stat().st_size)),
        )

    async def encoded(self) -> tuple[float, float]:
        """Make H.264 of what isn't."""
        path, speech = self.folder / "encoded.mkv", record(10, self.folder / "short.wav")
        moving = ("-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=30:duration=10")
        self.convert(*moving, "-i", str(speech), "-c:v", "mpeg4", "-q:v", "4", "-c:a", "flac", str(path))
        h264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-threads:v", "4", "-c:a", "aac")
        return await self._video(path, *h264)

    async def copied(self) -> tuple[float, float]:
        """Make a file that starts at once of what is H.264 and AAC already."""
        path, speech = self.folder / "copied.mp4", record(600, self.folder / "long.wav")
        moving = ("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25:duration=600")
        h264 = ("-c:v", "libx264", "-preset", "ultrafast", "-profile:v", "main", "-pix_fmt", "yuv420p", "-c:a", "aac")
        self.convert(*moving, "-i", str(speech), *h264, str(path))
        # Bare ffmpeg leaves a camera's remarks out, too: going through every unit takes longer than copying does.
        bare = ("-c", "copy", "-bsf:v", "filter_units=pass_types=1-5|7|8", "-movflags", "+faststart")
        return await self._video(path, *bare)

    async def _video(self, path: Path, *bare: str) -> tuple[float, float]:
        source = Source(path, "mov" if path.suffix == ".mp4" else "matroska")
        target = self.folder / "bare.mp4"
        size = (await asyncio.to_thread(path.stat)).st_size
        return await in_turns(
            lambda: self.convert("-i", str(path), *bare, str(target)), lambda: self._render(source, size)
        )

    async def _render(self, source: Source, size: int) -> None:
        probed = await probe(source, look=True)
        kbit = picture_kbit(size, probed.duration_ms)
        output = video.web("web", probed, probed.sound(), kbit=kbit, maps_tones=False)
        limits = picture_allowance(size, probed.duration_ms, longest_ms=HOUR_MS)
        await render(self.ffmpeg, source, [output], self.folder, limits)


async def in_turns(bare: Callable[[], None], ours: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Measure both sides one after the other, several times; return the medians in seconds."""
    bare_s, ours_s = [], []
    for _ in range(TURNS):
        began = time.perf_counter()
        await asyncio.to_thread(bare)
        bare_s.append(time.perf_counter() - began)
        began = time.perf_counter()
        await ours()
        ours_s.append(time.perf_counter() - began)
    return median(bare_s), median(ours_s)


async def compare() -> None:
    """Print a row for each comparison."""
    table = Table("what", "bare, s", "ours, s", "ratio", "aim")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for (what, aim), measure in zip(AIMS.items(), (bench.photograph, bench.encoded, bench.copied), strict=True):
            bare, ours = await measure()
            table.add_row(what, f"{bare:.2f}", f"{ours:.2f}", f"{ours / bare:.3f}", f"{aim:.2f}")
    Console().print(table)


if __name__ == "__main__":
    asyncio.run(compare())
