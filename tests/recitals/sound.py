"""Recordings of known quality, made of real speech, and coded as a browser's recorder codes them."""

import asyncio
import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from server.ffmpeg.binary import find_ffmpeg
from server.ffmpeg.confine import Limits
from server.ffmpeg.decode import decode, layout_of
from server.ffmpeg.probe import AudioStream
from server.ffmpeg.source import Source
from server.recitals.signal import Meter, Signal
from tests.conftest import SAMPLE, SAMPLE_WORDS

RATE = 16_000
PROMPT = SAMPLE_WORDS
Sound = NDArray[np.float32]


@dataclass(frozen=True)
class Coding:
    """A kind of file: how ffmpeg makes it, and how its only stream is decoded."""

    extension: str
    demuxer: str
    stream: AudioStream
    arguments: tuple[str, ...]


WAV = Coding("wav", "wav", AudioStream(0, "pcm_s16le", RATE, 1), ("-c:a", "pcm_s16le"))
WEBM = Coding("webm", "matroska", AudioStream(0, "opus", 48_000, 1), ("-ar", "48000", "-c:a", "libopus", "-b:a", "32k"))
M4A = Coding(
    "m4a", "mov", AudioStream(0, "aac", 44_100, 2), ("-af", "pan=stereo|c0=c0|c1=c0", "-ar", "44100", "-c:a", "aac")
)
LIMITS = Limits(seconds=30, memory=2 * 1024**3)


def speech() -> Sound:
    """Give seven seconds of somebody reading `PROMPT`."""
    with wave.open(str(SAMPLE)) as file:
        return np.asarray(np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768, np.float32)


def silence(seconds: float) -> Sound:
    """Give digital silence."""
    return np.zeros(int(seconds * RATE), np.float32)


def noise(sound: Sound, level_db: float) -> Sound:
    """Add white noise of a level below full scale."""
    random = np.random.default_rng(1).standard_normal(len(sound))
    return np.asarray(sound + random * 10 ** (level_db / 20), np.float32)


def babble(sound: Sound, level_db: float) -> Sound:
    """Add eight people who speak at once."""
    random = np.random.default_rng(2)
    voices = [np.roll(speech()[::direction], random.integers(RATE * 7)) for direction in (1, -1) * 4]
    crowd = np.resize(np.sum(voices, axis=0), len(sound))
    return np.asarray(sound + crowd / np.std(crowd) * 10 ** (level_db / 20), np.float32)


def louder(sound: Sound, decibels: float) -> Sound:
    """Amplify, over full scale if need be."""
    return np.asarray(sound * 10 ** (decibels / 20), np.float32)


def in_a_room(spoken: Sound) -> Sound:
    """Put pauses around what is spoken, and the noise of a quiet room under it."""
    return noise(np.concatenate([silence(0.6), spoken, silence(0.6)]), -65)


def level_db(sound: Sound) -> float:
    """Return the level below full scale."""
    return float(10 * np.log10(np.mean(np.square(sound))))


def samples_of(sound: Sound) -> bytes:
    """Give a sound as a decoder does, and as an encoder takes it; what is over full scale is clipped."""
    return (np.clip(sound, -1, 32767 / 32768) * 32768).astype("<i2").tobytes()


def write(sound: Sound, folder: Path, coding: Coding) -> Path:
    """Write a file."""
    path = folder / f"sound.{coding.extension}"
    raw = ("-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0")
    argv = (str(find_ffmpeg(None)), "-loglevel", "error", "-y", *raw, *coding.arguments, str(path))
    subprocess.run(argv, input=samples_of(sound), check=True, timeout=60)
    return path


def measure(sound: Sound) -> Signal:
    """Measure a sound as it is."""
    meter = Meter(layout_of(WAV.stream))
    meter.add(samples_of(sound))
    return meter.finish()


async def recorded(sound: Sound, folder: Path, coding: Coding = WEBM) -> Signal:
    """Code a sound, and measure what a decoder makes of it, as the stage does."""
    source = Source(await asyncio.to_thread(write, sound, folder, coding), coding.demuxer)
    meter = Meter(layout_of(coding.stream))

    async def listen(block: bytes) -> None:
        meter.add(block)

    await decode(find_ffmpeg(None), source, coding.stream, listen, LIMITS, longest_ms=600_000)
    return meter.finish()
