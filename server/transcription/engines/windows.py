"""A stream of sound cut into windows at its quietest places, so that no word is cut in two."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples a second: what Whisper was trained on."""

Samples = NDArray[np.int16]

SILENCE = 2
"""The highest sample of what is taken for no sound at all: -84 dB, as lossy codecs leave of digital silence."""

_FRAME = RATE // 50
_PAUSE = 15  # frames: 0.3 s tells a pause between words from a stop consonant


@dataclass(frozen=True, slots=True)
class Window:
    """Some consecutive samples, the first of which is sample number `start` of the whole."""

    start: int
    samples: Samples

    @property
    def start_ms(self) -> int:
        """Where it begins."""
        return self.start * 1000 // RATE

    @property
    def end_ms(self) -> int:
        """Where it ends."""
        return (self.start + len(self.samples)) * 1000 // RATE

    @property
    def is_silent(self) -> bool:
        """Whether nobody can have spoken in it."""
        return bool(self.samples.max() <= SILENCE and self.samples.min() >= -SILENCE)

    def waveform(self) -> NDArray[np.float32]:
        """Give the samples as numbers within -1 and 1."""
        return self.samples.astype(np.float32) / np.float32(-np.iinfo(np.int16).min)


def cut_into_windows(sound: BinaryIO, seconds: int) -> Iterator[Window]:
    """Cut a stream of raw 16-bit samples into windows; together they are the whole of it, in order.

    Args:
        sound: mono, 16 kHz, little-endian.
        seconds: the longest that a window may be. All but the last are at least nine tenths of it.
    """
    size, start = seconds * RATE, 0
    held = _read(sound, size)
    while len(held) == size:
        cut = quietest(held, size // 10)
        yield Window(start, held[:cut])
        start += cut
        held = np.concatenate([held[cut:], _read(sound, cut)])
    if len(held):
        yield Window(start, held)


def quietest(samples: Samples, within: int) -> int:
    """Find the middle of the quietest third of a second among the last `within` samples."""
    tail = samples[len(samples) - within // _FRAME * _FRAME :].astype(np.float32)
    power = np.square(tail).reshape(-1, _FRAME).mean(axis=1)
    around = np.convolve(power, np.ones(_PAUSE), mode="valid")
    frame = int(around.argmin()) + _PAUSE // 2
    return len(samples) - len(tail) + frame * _FRAME + _FRAME // 2


def _read(sound: BinaryIO, samples: int) -> Samples:
    raw = sound.read(samples * 2)
    return np.frombuffer(raw, dtype="<i2", count=len(raw) // 2)
