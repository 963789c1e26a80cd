"""From the last uploaded byte to `completed`, over bare ffmpeg plus the bare speech model on the same file.

Starts a stack of its own and warms the model. Ours and the bare thing are measured in one run, since machines
differ and are noisy; only the ratio means something. Run by `make bench`.
"""

import asyncio
import subprocess
import tempfile
import time
import wave
from dataclasses import dataclass
from pathlib import Path

from faster_whisper import WhisperModel
from rich.console import Console
from rich.table import Table

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

SAMPLE = Path(__file__).parents[1] / "samples" / "sense-and-sensibility.wav"
REPEATS = {"7 s": 1, "1 min": 9}
THREADS = 2
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


def repeat(times: int, target: Path) -> Path:
    """Make a longer recording of the sample."""
    with wave.open(str(SAMPLE)) as sample:
        parameters, frames = sample.getparams(), sample.readframes(sample.getnframes())
    with wave.open(str(target), "wb") as repeated:
        repeated.setparams(parameters)
        for _ in range(times):
            repeated.writeframes(frames)
    return target


def measure_bare(model: WhisperModel, file: Path) -> float:
    """Make the same renditions by ffmpeg alone, and the text by the model alone; return the seconds."""
    began = time.perf_counter()
    command = [str(find_ffmpeg(None)), "-loglevel", "error", "-y", "-i", str(file)]
    for output in renditions(SOUND):
        command += [*output.arguments, str(file.with_name(output.name))]
    command += [*audio.samples(SOUND), "-"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own arguments
    segments, _ = model.transcribe(str(file.with_name("inference.flac")), word_timestamps=True, vad_filter=True)
    for _ in segments:
        pass
    return time.perf_counter() - began


async def measure_ours(client: Client, feed: Feed, file: Path) -> float:
    """Send a file and return the seconds from its last byte to its text."""
    watch = Stopwatch()
    await transcribe(client, feed, file, watch)
    return time.perf_counter() - watch.sent_at


async def compare() -> None:
    """Print a row for each length."""
    table = Table("length", "bare, s", "ours, s", "ratio")
    model = WhisperModel(choose_model(None).source, compute_type="int8", cpu_threads=THREADS)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        async with stack(folder / ".lectern", Options(say=lambda _: None)) as running:
            server = Server.described(running.local_json)
            async with Client.connect(server.url, server.auth) as client, Feed(client).running() as feed:
                await measure_ours(client, feed, SAMPLE)
                for length, times in REPEATS.items():
                    file = repeat(times, folder / "speech.wav")
                    bare = await asyncio.to_thread(measure_bare, model, file)
                    ours = await measure_ours(client, feed, file)
                    table.add_row(length, f"{bare:.2f}", f"{ours:.2f}", f"{ours / bare:.2f}")
    Console().print(table)


if __name__ == "__main__":
    asyncio.run(compare())
