"""Real files, made by ffmpeg from real speech."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from server.ffmpeg.binary import find_ffmpeg

Make = Callable[..., Path]


@pytest.fixture(scope="session")
def ffmpeg() -> Path:
    """Give the program under test."""
    return find_ffmpeg(None)


@pytest.fixture(scope="session")
def speech() -> Path:
    """Give seven seconds of speech: 16 kHz, mono, 16 bits."""
    return Path(__file__).parents[2] / "samples" / "sense-and-sensibility.wav"


@pytest.fixture(scope="session")
def make(ffmpeg: Path, speech: Path, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Give a maker of files: `make(name, *arguments)` runs ffmpeg once, on the speech or on `source`."""
    folder = tmp_path_factory.mktemp("gallery")

    def run(name: str, *arguments: str, source: Path = speech) -> Path:
        path = folder / name
        if not path.exists():
            quiet = ("-hide_banner", "-loglevel", "error", "-y", "-bitexact")
            argv = (str(ffmpeg), *quiet, "-i", str(source), *arguments, str(path))
            subprocess.run(argv, check=True, timeout=60, stdin=subprocess.DEVNULL)
        return path

    return run
