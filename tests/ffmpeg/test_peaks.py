"""The outline of a waveform."""

import json
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from server.ffmpeg.peaks import Peaks

RATE = 16_000


def outline(samples: NDArray[np.int16], cuts: int, *, most: int = 20_000) -> dict[str, Any]:
    """Draw samples that come in chunks of so many bytes."""
    peaks = Peaks(RATE, most=most)
    data = samples.tobytes()
    for start in range(0, len(data), cuts):
        peaks.add(data[start : start + cuts])
    document: dict[str, Any] = json.loads(peaks.to_json())
    return document


def expected(samples: NDArray[np.int16], width: int) -> list[int]:
    """Draw the same at once."""
    pixels = [samples[start : start + width] >> 8 for start in range(0, len(samples), width)]
    return [int(value) for pixel in pixels for value in (pixel.min(), pixel.max())]


@pytest.fixture(scope="module")
def samples() -> NDArray[np.int16]:
    """Give a minute of noise that swells, over the whole range."""
    noise = np.random.default_rng(1).integers(-32768, 32768, RATE * 60)
    return (noise * np.linspace(0, 1, len(noise))).astype("<i2")


@pytest.mark.parametrize("cuts", [65_536, 1001, 999_999_999])
def test_chunks_may_be_cut_anywhere(samples: NDArray[np.int16], cuts: int) -> None:
    """The outline is that of the whole, however it came."""
    drawn = outline(samples, cuts)
    assert drawn["data"] == expected(samples, 128)
    assert {key: value for key, value in drawn.items() if key != "data"} == {
        "version": 2,
        "channels": 1,
        "sample_rate": RATE,
        "samples_per_pixel": 128,
        "bits": 8,
        "length": len(samples) // 128,
    }


@pytest.mark.parametrize("cuts", [65_536, 999_999_999])
@pytest.mark.parametrize("most", [2, 100, 1000, 7500])
def test_pixels_are_merged_when_there_are_too_many(samples: NDArray[np.int16], cuts: int, most: int) -> None:
    """However long the sound, the number of pixels is bounded, and they are those of a coarser outline."""
    drawn = outline(samples, cuts, most=most)
    assert drawn["length"] <= most
    assert len(drawn["data"]) == 2 * drawn["length"]
    assert drawn["data"] == expected(samples, drawn["samples_per_pixel"])


def test_the_last_pixel_may_be_short() -> None:
    """No sample is left out."""
    assert outline(np.array([256] * 128 + [-512], "<i2"), 7)["data"] == [1, 1, -2, -2]


def test_no_samples_give_no_pixels() -> None:
    """Silence of no length has an outline of no length."""
    assert outline(np.array([], "<i2"), 7)["data"] == []
