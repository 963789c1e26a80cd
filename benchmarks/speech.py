"""Recordings of any length, made of a few phrases in ever other orders.

Phrases that come again and again set off the guard that Whisper has against its own repetition loops: it then listens
up to five times, by chance, and that is what would be measured. Hence the other orders, and pauses so long that few
phrases come together in what it hears at once, yet shorter than those that it leaves out. With more recordings than
our one sample it is quieter still.
"""

import random
import wave
from collections.abc import Sequence
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "samples" / "sense-and-sensibility.wav"
PHRASES_MS = ((0, 1680), (1680, 2720), (2720, 4440), (4440, 5520), (5520, 7100))
PAUSE_MS = 1900
RATE = 16_000


def record(seconds: float, target: Path, seed: int = 1, more: Sequence[Path] = ()) -> Path:
    """Write a recording; the same seed gives the same one.

    Args:
        seconds: its length.
        target: where to write it, as WAV of 16 kHz, mono, 16 bits.
        seed: of the order of the phrases.
        more: recordings of the same form whose words are mixed in.
    """
    shuffle = random.Random(seed)  # noqa: S311 - an order is no secret
    sample = _frames(SAMPLE)
    phrases = [sample[_bytes(start) : _bytes(end)] for start, end in PHRASES_MS] + [_frames(file) for file in more]
    with wave.open(str(target), "wb") as recording:
        recording.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        left = _bytes(round(seconds * 1000))
        while left > 0:
            for phrase in shuffle.sample(phrases, len(phrases)):
                said = (phrase + bytes(_bytes(PAUSE_MS)))[: max(0, left)]
                recording.writeframesraw(said)
                left -= len(said)
    return target


def _frames(file: Path) -> bytes:
    with wave.open(str(file)) as recording:
        form = (recording.getnchannels(), recording.getsampwidth(), recording.getframerate())
        if form != (1, 2, RATE):
            raise SystemExit(f"{file} is not mono with 16 bits at {RATE} Hz.")
        frames: bytes = recording.readframes(recording.getnframes())
    return frames


def _bytes(milliseconds: int) -> int:
    return milliseconds * RATE // 1000 * 2
