"""How much disk a render is expected to need."""

import pytest

from server.ffmpeg.allowance import needed_disk

HOUR_S = 3600
LONGEST_MS = 12 * HOUR_S * 1000
GIGABYTE = 1024**3


@pytest.mark.parametrize(
    ("bytes_per_second", "hours", "main_bytes_per_second"),
    [
        (1525, 12, 10_000),  # AMR at 12.2 kbit/s, as FLAC of 8 kHz
        (2000, 12, 2000),  # Opus at 16 kbit/s, copied
        (32_000, 0.9, 32_000),  # WAV of 16 kHz
        (56_000, 0.5, 300_000),  # AC-3 with six channels, as FLAC
    ],
)
def test_everything_fits(bytes_per_second: int, hours: float, main_bytes_per_second: int) -> None:
    """Whatever the codec, there is room for the source, its main rendition, 64 kbit/s AAC and FLAC of 16 kHz."""
    seconds = int(hours * HOUR_S)
    everything = seconds * (bytes_per_second + main_bytes_per_second + 8_000 + 20_000)
    assert needed_disk(seconds * bytes_per_second, longest_ms=LONGEST_MS) >= everything


def test_large_files_do_not_ask_for_the_moon() -> None:
    """The longest recording bounds what can be made of any file."""
    assert needed_disk(5 * GIGABYTE, longest_ms=LONGEST_MS) < 13 * GIGABYTE
    assert needed_disk(100_000, longest_ms=LONGEST_MS) < 0.1 * GIGABYTE
