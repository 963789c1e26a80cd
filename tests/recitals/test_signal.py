"""What is measured of sound alone, held against sound of which it is known."""

from pathlib import Path

import numpy as np
import pytest

from server.ffmpeg.binary import find_ffmpeg
from server.ffmpeg.decode import Layout, decode, layout_of
from server.ffmpeg.failures import RenderFailed, TooLong
from server.ffmpeg.probe import AudioStream
from server.ffmpeg.source import Source
from server.recitals.signal import QUIETEST_DB, Meter
from tests.recitals.sound import (
    LIMITS,
    M4A,
    RATE,
    WAV,
    WEBM,
    Coding,
    babble,
    in_a_room,
    level_db,
    louder,
    measure,
    noise,
    recorded,
    samples_of,
    silence,
    speech,
    write,
)


async def swallow(block: bytes) -> None:
    """Do nothing with samples."""


@pytest.mark.parametrize("coding", [WAV, WEBM, M4A])
async def test_levels_and_silences_are_those_of_the_sound(tmp_path: Path, coding: Coding) -> None:
    """Whatever the codec, its rate and its channels: levels within 1 dB, times within a fifth of a second."""
    spoken = speech()
    sound = in_a_room(spoken)
    levels = (await recorded(sound, tmp_path, coding)).levels()
    assert levels.duration_ms == pytest.approx(len(sound) / RATE * 1000, abs=60)
    assert levels.rms_db == pytest.approx(level_db(sound), abs=1)
    assert levels.peak_db == pytest.approx(20 * np.log10(np.abs(sound).max()), abs=1)
    assert levels.clipping_share == 0
    assert (levels.leading_silence_ms, levels.trailing_silence_ms) == pytest.approx((900, 900), abs=200)
    assert 0.7 < levels.speech_share < 0.85


@pytest.mark.parametrize("ratio_db", [0, 10, 20])
async def test_noise_is_told_in_decibels(tmp_path: Path, ratio_db: int) -> None:
    """White noise under real speech is measured within 3 dB, after a codec, and is never taken for speech."""
    spoken = in_a_room(speech())
    levels = (await recorded(noise(spoken, level_db(speech()) - ratio_db), tmp_path)).levels()
    assert levels.signal_to_noise_db == pytest.approx(ratio_db, abs=3)
    assert 0.6 < levels.speech_share < 0.85


def test_babble_is_noise_although_it_is_speech() -> None:
    """With as many voices around as that of the speaker, nothing is a pause, and the ratio is still low."""
    levels = measure(babble(in_a_room(speech()), level_db(speech()))).levels()
    assert levels.signal_to_noise_db is not None
    assert -3 < levels.signal_to_noise_db < 7


@pytest.mark.parametrize("kind", ["nothing", "room", "noise", "hum"])
def test_nobody_speaks_in_what_is_no_speech(kind: str) -> None:
    """Silence, the noise of a room, loud noise and hum have no speech in them, and so no ratio to it."""
    hum = 0.1 * np.sin(2 * np.pi * 50 * np.arange(3 * RATE) / RATE)
    sounds = {"nothing": silence(3), "room": noise(silence(3), -65), "noise": noise(silence(3), -20), "hum": hum}
    levels = measure(np.asarray(sounds[kind], np.float32)).levels()
    assert (levels.speech_share, levels.signal_to_noise_db) == (0, None)
    assert (levels.leading_silence_ms, levels.trailing_silence_ms, levels.spoken_ms) == (3000, 3000, 0)
    assert (levels.rms_db == QUIETEST_DB) == (kind == "nothing")


@pytest.mark.parametrize("seconds", [0, 0.01])
def test_less_than_a_frame_is_silence(seconds: float) -> None:
    """A sound of no length to speak of is measured like any other."""
    levels = measure(silence(seconds)).levels()
    assert (levels.duration_ms, levels.rms_db, levels.signal_to_noise_db) == (0, QUIETEST_DB, None)


async def test_clipping_survives_the_codec(tmp_path: Path) -> None:
    """What was clipped before it was coded is found after it was decoded; what only reaches full scale is not."""
    sound = in_a_room(speech())
    to_full_scale = louder(sound, -20 * np.log10(np.abs(sound).max()))
    shares = [
        (await recorded(louder(to_full_scale, decibels), tmp_path)).levels().clipping_share for decibels in (0, 3, 12)
    ]
    assert shares[0] < 0.0001
    assert shares[0] < 0.0005 < shares[1] < 0.01 < shares[2]


def test_samples_may_come_in_pieces_cut_anywhere() -> None:
    """However the samples come, the same is measured, and of a stretch what is in it."""
    sound = np.concatenate([in_a_room(speech()), silence(2)])
    signals = []
    for size in (1001, 65_536, len(sound) * 2):
        meter = Meter(Layout(RATE, 1))
        data = samples_of(sound)
        for start in range(0, len(data), size):
            meter.add(data[start : start + size])
        signals.append(meter.finish())
    whole = signals[0].levels()
    assert all(signal.levels() == pytest.approx(whole) for signal in signals[1:])
    assert signals[0].levels(8_300, 10_300).rms_db == QUIETEST_DB
    assert signals[0].levels(0, 8_300).rms_db > whole.rms_db
    assert signals[0].levels(11_000, 12_000).duration_ms == 0


def test_stretch_without_a_pause_has_the_noise_of_the_recording() -> None:
    """Of a word between two others, the noise is that of the pauses elsewhere."""
    ratio = measure(noise(in_a_room(speech()), -50)).levels(3_000, 3_600).signal_to_noise_db
    assert ratio is not None
    assert ratio > 15


@pytest.mark.parametrize(("rate", "channels", "expected"), [(44_100, 2, 1764), (11_025, 1, 221), (10**9, 99, 3840)])
def test_every_frame_is_whole(rate: int, channels: int, expected: int) -> None:
    """A frame has a whole number of samples at odd rates, too, and a bounded one at absurd ones."""
    assert layout_of(AudioStream(0, "pcm_s16le", rate, channels)).frame_samples == expected


async def test_decoding_ends_at_its_limit_and_at_damage(tmp_path: Path) -> None:
    """Sound beyond what is allowed is not decoded, and what is no sound is told to be none."""
    source, stream = Source(write(speech(), tmp_path, WAV), "wav"), WAV.stream
    with pytest.raises(TooLong):
        await decode(find_ffmpeg(None), source, stream, swallow, LIMITS, longest_ms=1000)
    source.path.write_bytes(b"RIFF" + bytes(1000))
    with pytest.raises(RenderFailed):
        await decode(find_ffmpeg(None), source, stream, swallow, LIMITS, longest_ms=10_000)
