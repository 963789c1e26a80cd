"""Recordings of any length, made of the sample's phrases in ever other orders.

The same sentence again and again would set off the guard that Whisper has against its own repetition loops, and
measure that: hence the other orders, and pauses so long that few phrases come together in what it hears at once, yet
shorter than those that it leaves out.
"""

import random
import wave
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "samples" / "sense-and-sensibility.wav"
PHRASES_MS = ((0, 1680), (1680, 2720), (2720, 4440), (4440, 5520), (5520, 7100))
PAUSE_MS = 1500


def record(seconds: float, target: Path, seed: int = 1) -> Path:
    """Write a recording; the same seed gives the same one."""
    shuffle = random.Random(seed)  # noqa: S311 - an order is no secret
    with wave.open(str(SAMPLE)) as sample:
        parameters, frames = sample.getparams(), sample.readframes(sample.getnframes())
    bytes_per_ms = parameters.framerate * parameters.sampwidth // 1000
    with wave.open(str(target), "wb") as recording:
        recording.setparams(parameters)
        left = round(seconds * 1000) * bytes_per_ms
        while left > 0:
            for start_ms, end_ms in shuffle.sample(PHRASES_MS, len(PHRASES_MS)):
                phrase = frames[start_ms * bytes_per_ms : end_ms * bytes_per_ms] + bytes(PAUSE_MS * bytes_per_ms)
                recording.writeframesraw(phrase[: max(0, left)])
                left -= len(phrase)
    return target
