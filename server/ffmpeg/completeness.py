"""Whether all of the sound came out that a file says it holds."""

from server.ffmpeg import riff
from server.ffmpeg.failures import Incomplete
from server.ffmpeg.probe import AudioStream, Probe
from server.ffmpeg.source import Source

_LEAST_MISSING_MS = 2000
_LEAST_MISSING = 0.05


async def check_complete(source: Source, probe: Probe, decoded_ms: int) -> None:
    """Hold the decoded sound against what the file declares; encoders' padding and rounding are let pass.

    What was damaged in the middle and is followed by good sound goes unnoticed: it sounds as silence.

    Raises:
        Incomplete: more than two seconds, and more than a twentieth, are missing.
    """
    declared_ms = await _declared_ms(source, probe)
    if declared_ms is not None and declared_ms - decoded_ms > max(_LEAST_MISSING_MS, _LEAST_MISSING * declared_ms):
        raise Incomplete(decoded_ms, declared_ms)


async def _declared_ms(source: Source, probe: Probe) -> int | None:
    """Tell how long the sound is by an exact account; durations estimated from sizes and bit rates are none."""
    stream = probe.sound()
    match source.demuxer:
        case "wav":
            return await riff.announced_ms(source.path)  # libavformat measures the file instead
        case "aiff" | "flac":
            return stream.duration_ms
        case "mov":
            return _shorter(stream, probe)
        case "matroska" if probe.streams == 1:
            return probe.duration_ms  # that of the longest stream, which may be the picture's
    return None


def _shorter(stream: AudioStream, probe: Probe) -> int | None:
    # A list of edits may play less than the stream has, and the picture may go on after the sound.
    known = [duration for duration in (stream.duration_ms, probe.duration_ms) if duration is not None]
    return min(known, default=None)
