"""Sound cut into windows."""

from io import BytesIO

import numpy as np
import pytest

from server.transcription.engines.windows import RATE, Samples, cut_into_windows, quietest


def hum(seconds: float) -> Samples:
    """Make a loud tone."""
    return (9_000 * np.sin(np.arange(int(seconds * RATE)) / 9)).astype(np.int16)


@pytest.mark.parametrize("seconds", [0, 0.001, 9.999, 10, 10.001, 34.5])
def test_windows_together_are_the_whole(seconds: float) -> None:
    """Nothing is lost, doubled or out of place, whatever the length."""
    sound = hum(seconds)
    windows = list(cut_into_windows(BytesIO(sound.tobytes()), 10))
    assert np.array_equal(np.concatenate([hum(0), *(window.samples for window in windows)]), sound)
    assert [window.start for window in windows] == list(np.cumsum([0, *(len(w.samples) for w in windows)]))[:-1]
    assert all(9 * RATE <= len(window.samples) <= 10 * RATE for window in windows[:-1])


def test_cut_is_in_the_pause() -> None:
    """Near the end of a window the cut looks for the pause between words."""
    sound = np.concatenate([hum(9.3), hum(0.4) // 500, hum(5)])
    first, _ = cut_into_windows(BytesIO(sound.tobytes()), 10)
    assert 9.3 * RATE < len(first.samples) < 9.7 * RATE


def test_short_gap_is_no_pause() -> None:
    """The closure of a consonant, though silent, is passed over for a pause between words."""
    sound = np.concatenate([hum(3), np.zeros(RATE // 20, np.int16), hum(3), hum(0.5) // 100, hum(3)])
    assert 6.05 * RATE < quietest(sound, len(sound)) < 6.55 * RATE


def test_window_knows_its_times() -> None:
    """A window's times are those of the whole."""
    *_, last = cut_into_windows(BytesIO(hum(25.5).tobytes()), 10)
    assert last.end_ms == 25_500
    assert 18_000 <= last.start_ms <= 20_000


def test_waveform_is_within_one() -> None:
    """The loudest samples are still within -1 and 1."""
    (window,) = cut_into_windows(BytesIO(np.array([-32768, 0, 32767], "<i2").tobytes()), 10)
    assert window.waveform().tolist() == [-1.0, 0.0, 32767 / 32768]


def test_torn_last_sample_is_dropped() -> None:
    """A stream that ends within a sample ends before it."""
    (window,) = cut_into_windows(BytesIO(b"\1\0\2"), 10)
    assert window.samples.tolist() == [1]


@pytest.mark.parametrize(("loudest", "silent"), [(0, True), (2, True), (3, False), (-3, False), (-32768, False)])
def test_only_what_nobody_can_hear_is_silent(loudest: int, silent: bool) -> None:  # noqa: FBT001 - what is expected
    """The dither that codecs leave of silence is none; anything louder may be a voice."""
    (window,) = cut_into_windows(BytesIO(np.array([0, loudest, 0], "<i2").tobytes()), 10)
    assert window.is_silent is silent
