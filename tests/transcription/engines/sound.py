"""Recordings made for tests."""

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from server.transcription.engines.windows import RATE, Samples


def read_wav(file: Path) -> Samples:
    """Read a 16 kHz mono recording."""
    with wave.open(str(file)) as recording:
        return np.frombuffer(recording.readframes(recording.getnframes()), dtype="<i2")


def write_wav(file: Path, parts: Sequence[Samples]) -> Path:
    """Write parts one after the other as a 16 kHz mono recording."""
    with wave.open(str(file), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(RATE)
        recording.writeframes(np.concatenate(parts).tobytes())
    return file


def silence(seconds: float) -> Samples:
    """Make digital silence."""
    return np.zeros(int(seconds * RATE), dtype=np.int16)


def duration_ms(file: Path) -> int:
    """Tell how long a recording is."""
    return len(read_wav(file)) * 1000 // RATE
