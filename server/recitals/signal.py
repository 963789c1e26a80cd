"""What can be measured of sound alone: levels, clipping, noise, and when somebody speaks."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from server.ffmpeg.decode import BYTES_PER_SAMPLE, FRAMES_PER_SECOND, Layout
from server.recitals.voice import RATE, WINDOW, SpeechDetector

FRAME_MS = 1000 // FRAMES_PER_SECOND
QUIETEST_DB = -120.0
"""What stands for silence, of which the logarithm is no number."""
LOUDEST_SNR_DB = 80.0
"""As quiet as pauses get; where there is no noise at all, the ratio would be no number."""

_FULL_SCALE = np.float32(32768)
_CLIPPED = 0.98  # codecs don't keep the flat tops of clipped sound exactly at 1
_SPEECH = 0.5
_SMOOTHED = 9  # frames over which the likelihood of speech is averaged: no word is shorter
_MARGIN = 5  # frames around speech that are no pause yet: breath, echo
_FEWEST_PAUSES = 10  # frames of pauses that tell the noise
_DIGITAL_SILENCE = 1e-9  # mean square: gates and gaps, not the noise of any microphone

Frames = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Levels:
    """What was measured of a stretch of sound; levels in dB below full scale, never under `QUIETEST_DB`.

    Attributes:
        clipping_share: samples within 2 % of full scale or beyond, by all samples; 0 to 1.
        signal_to_noise_db: of the speech over the noise in the pauses; None where nobody speaks.
        speech_share: the time in which somebody speaks, by all time; 0 to 1.
        leading_silence_ms: before somebody speaks first; all of it where nobody does.
        trailing_silence_ms: after somebody spoke last; the same.
    """

    duration_ms: int
    peak_db: float
    rms_db: float
    clipping_share: float
    signal_to_noise_db: float | None
    speech_share: float
    leading_silence_ms: int
    trailing_silence_ms: int

    @property
    def spoken_ms(self) -> int:
        """From the beginning of the first word to the end of the last."""
        return max(0, self.duration_ms - self.leading_silence_ms - self.trailing_silence_ms)


@dataclass(frozen=True, slots=True)
class Signal:
    """A recording as frames of 20 ms: the mean square without DC, the peak, the share of clipped samples, speech."""

    power: Frames
    peak: Frames
    clipped: Frames
    is_speech: NDArray[np.bool_]
    noise: float | None

    @classmethod
    def of(cls, power: Frames, peak: Frames, clipped: Frames, likelihood: Frames) -> Self:
        """Find speech and noise in what was measured; `likelihood` of speech is told for each window."""
        is_speech = _speech(likelihood, len(power))
        return cls(power, peak, clipped, is_speech, _noise(power, is_speech))

    @property
    def duration_ms(self) -> int:
        """How long it is, in whole frames."""
        return len(self.power) * FRAME_MS

    def levels(self, start_ms: int = 0, end_ms: int | None = None) -> Levels:
        """Measure a stretch, or all."""
        frames = slice(start_ms // FRAME_MS, None if end_ms is None else -(-end_ms // FRAME_MS))
        power, is_speech = self.power[frames], self.is_speech[frames]
        leading, trailing = _silences(is_speech)
        return Levels(
            duration_ms=len(power) * FRAME_MS,
            peak_db=_decibels(np.square(self.peak[frames], dtype=np.float64).max(initial=0)),
            rms_db=_decibels(_mean(power)),
            clipping_share=_mean(self.clipped[frames]),
            signal_to_noise_db=self._signal_to_noise(power, is_speech),
            speech_share=_mean(is_speech),
            leading_silence_ms=leading * FRAME_MS,
            trailing_silence_ms=trailing * FRAME_MS,
        )

    def _signal_to_noise(self, power: Frames, is_speech: NDArray[np.bool_]) -> float | None:
        """Compare with the noise of the stretch's own pauses, or where it has none, of the whole recording's."""
        if not is_speech.any():
            return None
        noise = _noise(power, is_speech) or self.noise or _quietest(power[is_speech])
        speech = max(_mean(power[is_speech]) - noise, noise / 100)
        return min(LOUDEST_SNR_DB, _decibels(speech) - _decibels(noise))


class Meter:
    """Measures a recording while it is decoded, in memory that grows by a few bytes for each frame."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._detector = SpeechDetector()
        self._rest = b""
        self._measured = bytearray(), bytearray(), bytearray()

    def add(self, block: bytes) -> None:
        """Take further samples in their layout, cut anywhere. It computes: call it in a thread."""
        data = self._rest + block
        samples = self._layout.frame_samples
        count = len(data) // (BYTES_PER_SAMPLE * samples)
        frames = np.frombuffer(data, "<i2", count * samples).reshape(count, samples)
        self._rest = data[frames.nbytes :]
        if count:
            self._measure(frames.astype(np.float32) / _FULL_SCALE)

    def finish(self) -> Signal:
        """Return what was measured of all whole frames."""
        likelihood = self._detector.finish()
        power, peak, clipped = (np.frombuffer(values, np.float32) for values in self._measured)
        return Signal.of(power, peak, clipped, likelihood)

    def _measure(self, frames: Frames) -> None:
        loudness = np.abs(frames)
        clipped = np.mean(loudness >= _CLIPPED, axis=1, dtype=np.float32)
        for values, added in zip(self._measured, (frames.var(axis=1), loudness.max(axis=1), clipped), strict=True):
            values.extend(added.tobytes())
        mono = frames.reshape(len(frames), -1, self._layout.channels).mean(axis=2)
        self._detector.add(_resampled(mono).reshape(-1))


def _resampled(frames: Frames) -> Frames:
    """Bring each frame to the rate of the model: every sample is the mean of the time that it stands for."""
    before = frames.shape[1]
    sums = np.hstack((np.zeros((len(frames), 1)), np.cumsum(frames, axis=1, dtype=np.float64)))
    places = np.linspace(0, before, RATE // FRAMES_PER_SECOND + 1)
    whole = np.minimum(places.astype(int), before - 1)
    at_places = sums[:, whole] + (places - whole) * frames[:, whole]
    means: Frames = (np.diff(at_places, axis=1) * (len(places) - 1) / before).astype(np.float32)
    return means


def _speech(likelihood: Frames, count: int) -> NDArray[np.bool_]:
    """Say of each frame whether somebody speaks in it, by the windows of the model."""
    if not count:
        return np.zeros(0, np.bool_)
    middles = (np.arange(count) + 0.5) * RATE / FRAMES_PER_SECOND
    of_frames = likelihood[np.minimum((middles // WINDOW).astype(int), len(likelihood) - 1)]
    padded = np.pad(of_frames, _SMOOTHED // 2, mode="edge")
    return np.asarray(np.convolve(padded, np.full(_SMOOTHED, 1 / _SMOOTHED), "valid") > _SPEECH)


def _noise(power: Frames, is_speech: NDArray[np.bool_]) -> float | None:
    """Return the mean square of the noise in the pauses, or None where there are too few to tell.

    The middle of the pauses' frames, so that a click or a cough counts little; what a gate has muted tells nothing.
    """
    if not len(power):
        return None
    near = np.convolve(np.pad(is_speech, _MARGIN), np.ones(2 * _MARGIN + 1), "valid") > 0
    pauses = power[~near & (power > _DIGITAL_SILENCE)]
    return float(np.median(pauses)) if len(pauses) >= _FEWEST_PAUSES else None


def _quietest(power: Frames) -> float:
    """Estimate the noise where nothing but speech is: between syllables it is heard, too."""
    return max(float(np.quantile(power, 0.1)), _DIGITAL_SILENCE)


def _silences(is_speech: NDArray[np.bool_]) -> tuple[int, int]:
    spoken = np.flatnonzero(is_speech)
    return (int(spoken[0]), len(is_speech) - 1 - int(spoken[-1])) if len(spoken) else (len(is_speech), len(is_speech))


def _mean(values: NDArray[np.float32] | NDArray[np.bool_]) -> float:
    return float(np.mean(values, dtype=np.float64)) if len(values) else 0.0


def _decibels(power: float) -> float:
    return max(QUIETEST_DB, float(10 * np.log10(power))) if power > 0 else QUIETEST_DB
