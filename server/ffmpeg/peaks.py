"""The outline of a waveform, drawn while the samples stream by."""

import json

import numpy as np
from numpy.typing import NDArray

_FINEST = 128
_FULL_SCALE_BITS = 8


class Peaks:
    """The lowest and the highest sample of each pixel, in memory that does not grow.

    When all pixels are used, neighbours are merged and a pixel stands for twice as many samples.
    """

    def __init__(self, sample_rate: int, *, most: int = 20_000) -> None:
        """Begin with 128 samples a pixel.

        Args:
            sample_rate: samples a second.
            most: the number of pixels never exceeded; even.
        """
        self._sample_rate = sample_rate
        self._samples_per_pixel = _FINEST
        self._pixels = np.empty((most, 2), dtype=np.int8)
        self._length = 0
        self._rest = b""

    def add(self, pcm: bytes) -> None:
        """Take further samples: s16le, mono, cut anywhere."""
        data = self._rest + pcm
        while count := min(len(data) // (2 * self._samples_per_pixel), len(self._pixels) - self._length):
            taken = count * self._samples_per_pixel
            self._draw(np.frombuffer(data, "<i2", taken).reshape(count, -1))
            data = data[2 * taken :]
            if self._length == len(self._pixels):
                self._merge()
        self._rest = data

    def to_json(self) -> bytes:
        """Give the data file of audiowaveform, version 2, 8 bits, one channel.

        The format: https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md
        """
        pixels = np.concatenate((self._pixels[: self._length], self._last()))
        document = {
            "version": 2,
            "channels": 1,
            "sample_rate": self._sample_rate,
            "samples_per_pixel": self._samples_per_pixel,
            "bits": 8,
            "length": len(pixels),
            "data": pixels.ravel().tolist(),
        }
        return json.dumps(document, separators=(",", ":")).encode()

    def _draw(self, samples: NDArray[np.int16]) -> None:
        until = self._length + len(samples)
        self._pixels[self._length : until] = _outline(samples)
        self._length = until

    def _merge(self) -> None:
        half = len(self._pixels) // 2
        lows, highs = self._pixels.reshape(half, 2, 2).transpose(2, 0, 1)
        self._pixels[:half] = np.column_stack((lows.min(axis=1), highs.max(axis=1)))
        self._length = half
        self._samples_per_pixel *= 2

    def _last(self) -> NDArray[np.int8]:
        samples = np.frombuffer(self._rest, "<i2", len(self._rest) // 2)
        return _outline(samples[np.newaxis]) if len(samples) else np.empty((0, 2), np.int8)


def _outline(samples: NDArray[np.int16]) -> NDArray[np.int8]:
    extremes = np.column_stack((samples.min(axis=1), samples.max(axis=1)))
    return (extremes >> _FULL_SCALE_BITS).astype(np.int8)
