"""Say as JSON what streams a media file has: `probe_child.py DEMUXER PATH MOST-STREAMS OPTION=VALUE…`.

It runs by path, confined, and imports nothing of this package, so that it starts quickly. The exit status is
`UNREADABLE` or `TOO_COMPLEX` when the file is at fault.
"""

import json
import sys

import av
from av.codec.context import CodecContext
from av.container import InputContainer
from av.stream import Disposition, Stream

UNREADABLE, TOO_COMPLEX = 3, 4
_US_PER_MS = 1000


def main(demuxer: str, path: str, most_streams: int, options: list[str]) -> int:
    """Print the description of one file; return the exit status."""
    try:
        # Metadata is not asked for, and need not be UTF-8.
        with av.open(
            path, "r", format=demuxer, options=dict(_pair(option) for option in options), metadata_errors="replace"
        ) as container:
            if len(container.streams) > most_streams:
                return TOO_COMPLEX
            described = describe(container, demuxer)
    except (FileNotFoundError, PermissionError):
        raise  # the file was put there by us, so this isn't its fault
    except MemoryError as error:  # what demuxers say of a stream too many, too
        sys.stderr.write(f"{error}\n")
        return TOO_COMPLEX
    except (av.FFmpegError, ValueError, OverflowError) as error:
        sys.stderr.write(f"{error}\n")
        return UNREADABLE
    sys.stdout.write(json.dumps(described))
    return 0


def describe(container: InputContainer, demuxer: str) -> dict[str, object]:
    """Describe an open container; streams without a decoder or without parameters are left out."""
    return {
        "demuxer": demuxer,
        "duration_ms": _milliseconds(container.duration),
        "audio": [_audio(stream, container) for stream in container.streams.audio if _has_sound(stream)],
        "video": [_video(stream) for stream in container.streams.video if _moves(stream)],
        "streams": len(container.streams),
    }


def _pair(option: str) -> tuple[str, str]:
    name, _, value = option.partition("=")
    return name, value


def _decodable(stream: Stream) -> bool:
    # PyAV's types don't say so, but a codec that it doesn't know has no context.
    context: CodecContext | None = stream.codec_context
    return context is not None


def _has_sound(stream: av.AudioStream) -> bool:
    return _decodable(stream) and stream.codec_context.sample_rate > 0 and stream.codec_context.channels > 0


def _moves(stream: av.VideoStream) -> bool:
    cover = stream.disposition & (Disposition.attached_pic | Disposition.timed_thumbnails)
    return _decodable(stream) and stream.codec_context.width > 0 and not cover


def _audio(stream: av.AudioStream, container: InputContainer) -> dict[str, object]:
    context = stream.codec_context
    return {
        "index": stream.index,
        "codec": context.codec.canonical_name,
        "sample_rate": context.sample_rate,
        "channels": context.channels,
        "bit_rate": context.bit_rate or None,
        "bits": _bits(context),
        "start_ms": _start_ms(stream, container),
        "duration_ms": _duration_ms(stream),
    }


def _video(stream: av.VideoStream) -> dict[str, object]:
    context = stream.codec_context
    return {
        "index": stream.index,
        "codec": context.codec.canonical_name,
        "width": context.width,
        "height": context.height,
        "frame_rate": float(stream.average_rate) if stream.average_rate else None,
    }


def _bits(context: av.AudioCodecContext) -> int | None:
    return context.format.bits if context.codec.lossless else None


def _milliseconds(microseconds: int | None) -> int | None:
    return round(microseconds / _US_PER_MS) if microseconds is not None and microseconds >= 0 else None


def _start_ms(stream: Stream, container: InputContainer) -> int:
    if stream.start_time is None or stream.time_base is None or container.start_time is None:
        return 0
    return round(stream.start_time * stream.time_base * 1000 - container.start_time / _US_PER_MS)


def _duration_ms(stream: Stream) -> int | None:
    if stream.duration is None or stream.time_base is None or stream.duration < 0:
        return None
    return round(stream.duration * stream.time_base * 1000)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]))
