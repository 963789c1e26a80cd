"""From the last uploaded byte to `completed`, over bare ffmpeg plus the bare speech model on the same files.

Starts a stack of its own and warms the model. Ours and the bare thing are measured in one run, since machines
differ and are noisy; only the ratio means something. Run by `make bench`.
"""

import argparse
import asyncio
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from faster_whisper import WhisperModel
from rich.console import Console
from rich.table import Table

from benchmarks.speech import record
from server.client.client import Client
from server.client.feed import Feed, News
from server.client.finding import Server
from server.client.transcribing import transcribe
from server.ffmpeg import audio
from server.ffmpeg.binary import find_ffmpeg
from server.ffmpeg.probe import AudioStream
from server.local.backing import Options
from server.local.stack import stack
from server.pipeline.transcode import renditions
from server.transcription.engines.speech_model import choose_model

LENGTHS = {"10 s": 10, "1 min": 60, "30 min": 1800}
AIMS = {"10 s": 1.4, "1 min": 1.12, "30 min": 1.03, "100 clips": 1.10}
CLIPS = 100
SHORTEST_S, LONGEST_S = 5, 15
AT_ONCE = 8
THREADS = 2
REPEATS = {"10 s": 5, "1 min": 5, "30 min": 1}
"""Short ones are measured several times, and the medians are compared."""
SOUND = AudioStream(0, "pcm_s16le", 16_000, 1, bits=16)


@dataclass
class Stopwatch:
    """Notes when the last byte was sent."""

    sent_at: float = 0.0

    def sending(self, sent: int, size: int) -> None:
        """Note the time when everything is sent."""
        if sent == size:
            self.sent_at = time.perf_counter()

    def standing(self, news: News) -> None:
        """Progress is not measured."""


@dataclass(frozen=True)
class Bench:
    """Both sides of the comparison, warm."""

    model: WhisperModel
    client: Client
    feed: Feed
    speech: Sequence[Path]

    def bare(self, file: Path) -> float:
        """Make the same renditions by ffmpeg alone, and the text by the model alone; return the seconds."""
        began = time.perf_counter()
        command = [str(find_ffmpeg(None)), "-loglevel", "error", "-y", "-i", str(file)]
        for output in renditions(SOUND):
            command += [*output.arguments, str(file.with_name(output.name))]
        command += [*audio.samples(SOUND), "-"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own arguments
        segments, _ = self.model.transcribe(
            str(file.with_name("inference.flac")),
            word_timestamps=True,
            vad_filter=True,
            condition_on_previous_text=False,
        )
        for _ in segments:
            pass
        return time.perf_counter() - began

    async def ours(self, file: Path) -> float:
        """Send a file and return the seconds from its last byte to its text."""
        watch = Stopwatch()
        await transcribe(self.client, self.feed, file, watch)
        return time.perf_counter() - watch.sent_at

    async def one(self, file: Path, times: int) -> tuple[float, float]:
        """Measure one file on both sides, in turns; return the medians."""
        bare, ours = [], []
        for _ in range(times):
            bare.append(await asyncio.to_thread(self.bare, file))
            ours.append(await self.ours(file))
        return sorted(bare)[times // 2], sorted(ours)[times // 2]

    async def many(self, files: list[Path]) -> tuple[float, float]:
        """Measure many files: bare one after the other, ours sent together, from the first byte to the last text."""
        bare = sum([await asyncio.to_thread(self.bare, file) for file in files])
        room = asyncio.Semaphore(AT_ONCE)

        async def send(file: Path) -> None:
            async with room:
                await self.ours(file)

        began = time.perf_counter()
        await asyncio.gather(*(send(file) for file in files))
        return bare, time.perf_counter() - began


async def compare(wanted: list[str], speech: Sequence[Path]) -> None:
    """Print a row for each comparison."""
    table = Table("what", "bare, s", "ours, s", "ratio", "aim")
    model = WhisperModel(choose_model(None).source, compute_type="int8", cpu_threads=THREADS)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        async with stack(folder / ".lectern", Options(say=lambda _: None)) as running:
            server = Server.described(running.local_json)
            async with Client.connect(server.url, server.auth) as client, Feed(client).running() as feed:
                bench = Bench(model, client, feed, speech)
                await bench.one(record(5, folder / "warm.wav"), 1)
                for what in wanted:
                    bare, ours = await _measure(bench, what, folder)
                    table.add_row(what, f"{bare:.2f}", f"{ours:.2f}", f"{ours / bare:.3f}", f"{AIMS[what]:.2f}")
    Console().print(table)


async def _measure(bench: Bench, what: str, folder: Path) -> tuple[float, float]:
    if what in LENGTHS:
        return await bench.one(record(LENGTHS[what], folder / "speech.wav", more=bench.speech), REPEATS[what])
    return await bench.many(list(_clips(folder, bench.speech)))


def _clips(folder: Path, speech: Sequence[Path]) -> Iterator[Path]:
    lengths = random.Random(CLIPS)  # noqa: S311 - lengths are no secret
    for number in range(CLIPS):
        place = folder / f"clip{number}"
        place.mkdir()
        yield record(lengths.uniform(SHORTEST_S, LONGEST_S), place / "speech.wav", seed=number, more=speech)


def main() -> None:
    """Compare what the arguments name, by default everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*AIMS, []], help="by default all")
    parser.add_argument(
        "--speech", nargs="*", type=Path, default=[], help="more recordings, so that less is said twice"
    )
    given = parser.parse_args()
    asyncio.run(compare(given.what or list(AIMS), given.speech))


if __name__ == "__main__":
    main()
