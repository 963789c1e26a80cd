"""How much of the machine a render may use, and will need."""

from server.ffmpeg.confine import PATIENT, Limits
from server.ffmpeg.probe import Probe

_MEMORY = 2 * 1024**3
_SLACK_SECONDS = 120
_SLACK_BYTES = 64 * 1024**2
_LEAST_BYTES_PER_SECOND = 500  # 4 kbit/s, below any codec for speech
_WIDEST_SAMPLE = 4
_CORES = 64

_LIGHT_BYTES_PER_SECOND = 10_000  # 64 kbit/s in their container
_INFERENCE_BYTES_PER_SECOND = 32_000  # FLAC never outgrows the samples by more than its headers
_MAIN_BYTES_PER_SECOND = 96_000  # FLAC of 48 kHz stereo
_UNPACKED = 10  # AMR at its lowest rates, as FLAC
_PICTURE_MEMORY = 3 * 1024**3
_PICTURE_SPEED = 0.05  # large and deep pictures on a machine that listens to others meanwhile
_PICTURE_SECONDS = 23 * 3600
_SMALLEST_KBIT, _LARGEST_KBIT = 250, 8000
_OUTGROWN = 2  # times the source: H.264 needs more than younger codecs
_SOUND_BYTES_PER_SECOND = 25_000  # 160 kbit/s with their container
_LEAST_PICTURE_BYTES_PER_SECOND = 2500

_COPIED_PER_SECOND = 100_000  # what is decoded after all, with much to spare for other work


def allowance(probe: Probe, size: int, *, longest_ms: int, speed: float = 4.0) -> Limits:
    """Limit a render in proportion to its input.

    Args:
        probe: what the file says of itself.
        size: its bytes; they bound the duration where the file does not tell it.
        longest_ms: more than this is never allowed for, whatever the file claims.
        speed: how many seconds of input a second of work must at least get done.

    Returns:
        Limits for `render`; a file of uncompressed samples is the largest output allowed for.
    """
    claimed_ms = probe.duration_ms if probe.duration_ms is not None else size * 1000 // _LEAST_BYTES_PER_SECOND
    seconds = min(claimed_ms, longest_ms) / 1000
    widest = max((stream.sample_rate * stream.channels * _WIDEST_SAMPLE for stream in probe.audio), default=0)
    allowed = _SLACK_SECONDS + seconds / speed
    return Limits(
        seconds=allowed,
        memory=_MEMORY,
        file_size=int(_SLACK_BYTES + 2 * size + seconds * widest),
        cpu_seconds=int(allowed * _CORES),
    )


def picture_kbit(size: int, duration_ms: int | None) -> int:
    """Say how many kilobits a second of picture may take at most, so that it doesn't far outgrow its source.

    Args:
        size: the source's bytes.
        duration_ms: how long it is, where that is known.
    """
    if not duration_ms:
        return _LARGEST_KBIT
    return max(_SMALLEST_KBIT, min(_OUTGROWN * size * 8 // duration_ms, _LARGEST_KBIT))


def picture_allowance(size: int, duration_ms: int | None, *, longest_ms: int) -> Limits:
    """Limit a render of a picture in proportion to its input, and let everything else go before it.

    Args:
        size: the source's bytes.
        duration_ms: how long it is, where that is known.
        longest_ms: more than this is never allowed for, whatever the file claims.
    """
    seconds = min(duration_ms or longest_ms, longest_ms) / 1000
    allowed = min(_SLACK_SECONDS + seconds / _PICTURE_SPEED, _PICTURE_SECONDS)
    return Limits(
        seconds=allowed,
        memory=_PICTURE_MEMORY,
        file_size=_picture_bytes(size, longest_ms=longest_ms),
        cpu_seconds=int(allowed * _CORES),
        niceness=PATIENT,
    )


def disk_for_pictures(size: int, *, longest_ms: int) -> int:
    """Estimate the bytes that a video and what is made of it to be seen take up together."""
    return size + _picture_bytes(size, longest_ms=longest_ms)


def _picture_bytes(size: int, *, longest_ms: int) -> int:
    seconds = min(size / _LEAST_PICTURE_BYTES_PER_SECOND, longest_ms / 1000)
    least = int(seconds * (_SMALLEST_KBIT * 125 + _SOUND_BYTES_PER_SECOND))
    return _SLACK_BYTES + _OUTGROWN * size + least


def copying(size: int) -> Limits:
    """Limit a run that copies packets, or decodes them where they can't be joined as they are.

    Args:
        size: the bytes of all that is copied.
    """
    return Limits(
        seconds=_SLACK_SECONDS + size / _COPIED_PER_SECOND,
        memory=_MEMORY,
        file_size=_SLACK_BYTES + _UNPACKED * size,
    )


def needed_disk(size: int, *, longest_ms: int) -> int:
    """Estimate the bytes that a source and everything made of its sound take up together.

    Nothing is known yet but the source's size, so this errs on the safe side: it takes a small file for long
    sound at a low rate.

    Args:
        size: the source's bytes.
        longest_ms: no more sound than this is rendered.
    """
    seconds = _longest_seconds(size, longest_ms)
    main = min(_UNPACKED * size, max(size, int(seconds * _MAIN_BYTES_PER_SECOND)))
    light = int(seconds * _LIGHT_BYTES_PER_SECOND)
    return disk_for_speech(size, longest_ms=longest_ms) + main + light


def disk_for_speech(size: int, *, longest_ms: int) -> int:
    """Estimate, in the same way, the bytes of a source and of what speech models hear of it, its beginning included."""
    return size + int(_longest_seconds(size, longest_ms) * _INFERENCE_BYTES_PER_SECOND) + _SLACK_BYTES


def _longest_seconds(size: int, longest_ms: int) -> float:
    return min(size / _LEAST_BYTES_PER_SECOND, longest_ms / 1000)
