"""A run that goes well, and every way in which one doesn't."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from server.ffmpeg import audio
from server.ffmpeg.confine import Limits
from server.ffmpeg.failures import (
    MachineTrouble,
    NoSound,
    OutputTooLarge,
    RenderFailed,
    RenderTimedOut,
    Stalled,
    TooLong,
)
from server.ffmpeg.probe import AudioStream
from server.ffmpeg.render import Made, Output, Progress, render
from server.ffmpeg.source import Source
from server.ffmpeg.tap import Tap
from tests.ffmpeg.conftest import Make
from tests.ffmpeg.gallery import PICTURE, SPEECH_MS

STREAM = AudioStream(0, "pcm_s16le", 16_000, 1, bits=16)
LIMITS = Limits(seconds=60, memory=2 * 1024**3, file_size=50_000_000)
HOUR_MS = 3_600_000


def ignore(_: bytes) -> None:
    """Listen to nothing."""


class Bench:
    """Renders with whatever is not said at its best."""

    def __init__(self, ffmpeg: Path, source: Source, folder: Path) -> None:
        self.ffmpeg = ffmpeg
        self.source = source
        self.folder = folder

    async def render(
        self,
        *outputs: Output,
        source: Source | None = None,
        limits: Limits = LIMITS,
        consume: Callable[[bytes], None] = ignore,
        longest_ms: int = HOUR_MS,
        progress: Progress | None = None,
        stall_seconds: float | None = None,
    ) -> Made:
        """Render with a tap; without outputs, to FLAC."""
        outputs = outputs or (audio.speech("a", STREAM),)
        tap = Tap(audio.samples(STREAM), consume, longest_ms)
        return await render(
            self.ffmpeg,
            source or self.source,
            outputs,
            self.folder,
            limits,
            tap=tap,
            progress=progress,
            stall_seconds=stall_seconds,
        )


@pytest.fixture
def bench(ffmpeg: Path, speech: Path, tmp_path: Path) -> Bench:
    """Give a bench with seven seconds of speech on it."""
    return Bench(ffmpeg, Source(speech, "wav"), tmp_path)


@pytest.fixture
def endless(make: Make) -> Source:
    """Give an hour of silence in a small file."""
    silence = ("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-map", "1:a", "-t", "3600", "-c:a", "flac")
    return Source(make("silence.flac", *silence), "flac")


async def test_progress_is_told(bench: Bench) -> None:
    """The listener hears rising times up to the end."""
    heard: list[int] = []

    async def listener(done_ms: int) -> None:
        await asyncio.sleep(0)
        heard.append(done_ms)

    made = await bench.render(progress=listener)
    assert made.duration_ms == SPEECH_MS
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(SPEECH_MS, abs=100)


async def test_pictures_need_no_tap(ffmpeg: Path, make: Make, tmp_path: Path) -> None:
    """Without a tap nothing is counted, and nothing waited for."""
    film = make("v.mkv", *PICTURE, "-c:v", "mjpeg", "-c:a", "flac")
    poster = Output("poster.jpg", ("-map", "0:v:0", "-frames:v", "1", "-update", "1", "-f", "image2"), "image/jpeg")
    made = await render(ffmpeg, Source(film, "matroska"), [poster], tmp_path, LIMITS)
    assert (made.duration_ms, set(made.sizes)) == (None, {"poster.jpg"})
    assert (tmp_path / "poster.jpg").read_bytes().startswith(b"\xff\xd8\xff")


async def test_an_hour_of_silence_stays_small(bench: Bench, endless: Source) -> None:
    """A small file may be long: its outputs stay within bounds, the tap counts all of it, and slow is not stalled."""
    made = await bench.render(audio.best("main", AudioStream(0, "flac", 8000, 1)), source=endless, stall_seconds=5)
    assert made.duration_ms == HOUR_MS
    assert sum(made.sizes.values()) < 2_000_000


async def test_too_long_is_found_while_decoding(bench: Bench, endless: Source) -> None:
    """Whatever the header claims, the samples are counted."""
    with pytest.raises(TooLong, match=r"longer than 0\.1 hours") as caught:
        await bench.render(source=endless, longest_ms=360_000)
    assert caught.value.final


async def test_no_samples_are_no_sound(bench: Bench, speech: Path, tmp_path: Path) -> None:
    """A header alone can be opened, but holds nothing."""
    header = tmp_path / "input"
    header.write_bytes(speech.read_bytes()[:44])
    with pytest.raises(NoSound, match="no sound"):
        await bench.render(source=Source(header, "wav"))


async def test_a_bad_input_is_final(bench: Bench, make: Make, tmp_path: Path) -> None:
    """What can't be decoded now can't be decoded later."""
    cut = tmp_path / "input"
    cut.write_bytes(make("v.mp4", *PICTURE).read_bytes()[:9000])
    with pytest.raises(RenderFailed, match="can't be decoded") as caught:
        await bench.render(source=Source(cut, "mov"))
    assert caught.value.final
    assert "moov atom not found" in caught.value.tail


async def test_an_output_that_outgrows_its_limit(bench: Bench) -> None:
    """The limit of file size stops the run, and says so."""
    with pytest.raises(OutputTooLarge, match="far more") as caught:
        await bench.render(limits=Limits(seconds=60, memory=2 * 1024**3, file_size=50_000))
    assert caught.value.final


async def test_a_run_that_takes_too_long(bench: Bench, endless: Source) -> None:
    """The clock ends the run; it may be tried again."""
    with pytest.raises(RenderTimedOut) as caught:
        await bench.render(source=endless, limits=Limits(seconds=0.3, memory=2 * 1024**3, file_size=50_000_000))
    assert not caught.value.final


@pytest.mark.parametrize(
    "hangs", ["kill -STOP $$", "while :; do echo out_time_us=1000000; read -t 0.1 _ < $pipe; done"]
)
async def test_a_run_that_stands_still(speech: Path, tmp_path: Path, hangs: str) -> None:
    """A program that gets nothing done, even if it goes on to say so, is killed early; it may be tried again."""
    stub = tmp_path / "ffmpeg"
    stub.write_text(f"#!/bin/bash\nmkfifo pipe; exec 9<>pipe; pipe=/dev/fd/9\necho out_time_us=1000000\n{hangs}\n")
    stub.chmod(0o700)
    async with asyncio.timeout(10):
        with pytest.raises(Stalled, match="stood still") as caught:
            await Bench(stub, Source(speech, "wav"), tmp_path).render(stall_seconds=0.5)
    assert not caught.value.final


async def test_a_run_that_burns_too_much(bench: Bench, endless: Source) -> None:
    """The limit of processor time ends the run as well; it may be tried again."""
    with pytest.raises(MachineTrouble):
        await bench.render(
            audio.aac("a", STREAM),
            source=endless,
            limits=Limits(seconds=60, memory=2 * 1024**3, file_size=50_000_000, cpu_seconds=1),
        )


async def test_too_little_memory_starts_nothing(bench: Bench) -> None:
    """A limit below what ffmpeg itself needs fails the run rather than the machine."""
    with pytest.raises((MachineTrouble, RenderFailed)):
        await bench.render(limits=Limits(seconds=60, memory=150 * 1024**2, file_size=50_000_000))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device that is always full is Linux's")
async def test_a_full_disk_is_no_fault_of_the_input(bench: Bench) -> None:
    """When there is room again, the same run can go well."""
    (bench.folder / "a.flac").symlink_to("/dev/full")
    with pytest.raises(MachineTrouble) as caught:
        await bench.render()
    assert not caught.value.final
    assert "No space left" in caught.value.tail


async def test_what_the_listener_raises_comes_out(bench: Bench, endless: Source) -> None:
    """A failure of the caller's own ends the run, and arrives as itself."""

    def consume(_: bytes) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        await bench.render(source=endless, consume=consume)


async def test_a_cancelled_run_ends_at_once(bench: Bench, endless: Source) -> None:
    """Cancelling does not wait for ffmpeg."""
    started = asyncio.Event()
    task = asyncio.create_task(bench.render(source=endless, consume=lambda _: started.set()))
    await started.wait()
    task.cancel()
    async with asyncio.timeout(5):
        with pytest.raises(asyncio.CancelledError):
            await task
