"""Speech, an ffmpeg, and the real engine with the model that comes along."""

import os
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.ffmpeg.binary import find_ffmpeg
from server.transcription.engines.base import Heard
from server.transcription.engines.speech_model import choose_model
from server.transcription.engines.whisper import WhisperEngine
from server.transcription.engines.whisper_process import Bounds, Setup
from tests.transcription.engines.listening import listen
from tests.transcription.engines.sound import duration_ms, read_wav, silence, write_wav

SAMPLE = Path(__file__).parents[3] / "samples" / "sense-and-sensibility.wav"


@pytest.fixture(scope="session")
def ffmpeg() -> Path:
    """The program."""
    return find_ffmpeg(None)


@pytest.fixture(scope="session")
def setup(ffmpeg: Path) -> Setup:
    """What the engine runs; short windows, so that a short recording has several.

    One thread: two of them wait for each other where other tests have the other core.
    """
    # Coverage of the child is measured where that of the tests is.
    environment = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    return Setup(
        model=choose_model(None),
        ffmpeg=ffmpeg,
        threads=1,
        bounds=Bounds(window_s=10, silence_s=60, start_s=60),
        environment=environment,
    )


@pytest.fixture(scope="session")
async def whisper(setup: Setup) -> AsyncIterator[WhisperEngine]:
    """The engine with the model loaded, shared by all tests that leave it in order."""
    async with WhisperEngine(setup) as engine:
        yield engine


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory, ffmpeg: Path) -> Path:
    """The sample as an inference rendition."""
    flac = tmp_path_factory.mktemp("speech") / "inference.flac"
    subprocess.run([ffmpeg, "-loglevel", "error", "-i", SAMPLE, flac], check=True)
    return flac


@pytest.fixture(scope="session")
def thrice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample three times, with pauses too short to tell the windows' borders."""
    sample = read_wav(SAMPLE)
    parts = [sample, silence(0.4), sample, silence(0.4), sample]
    return write_wav(tmp_path_factory.mktemp("thrice") / "thrice.wav", parts)


@pytest.fixture(scope="session")
async def heard_thrice(whisper: WhisperEngine, thrice: Path) -> list[Heard]:
    """What the engine hears in the sample three times over."""
    return await listen(whisper, thrice, duration_ms=duration_ms(thrice))


@pytest.fixture(scope="session")
async def heard_once(whisper: WhisperEngine, speech: Path) -> list[Heard]:
    """What the engine hears in the sample, whose length it is not told."""
    return await listen(whisper, speech)
