"""Say as JSON what streams a media file has: `probe_child.py DEMUXER PATH MOST-STREAMS read|look OPTION=VALUE…`.

It runs by path, confined, and imports nothing of this package, so that it starts quickly. The exit status is
`UNREADABLE` or `TOO_COMPLEX` when the file is at fault.
"""

import json
import struct
import sys
from contextlib import suppress
from itertools import islice

import av
from av.buffer import Buffer
from av.codec.context import CodecContext
from av.container import InputContainer
from av.stream import Disposition, Stream

UNREADABLE, TOO_COMPLEX = 3, 4
_US_PER_MS = 1000
_PROGRESSIVE = (0, 1)  # AV_FIELD_UNKNOWN, AV_FIELD_PROGRESSIVE
_LOOKED_AT = 200
"""Packets among which there must be a frame."""


def main(demuxer: str, path: str, most_streams: int, options: list[str], *, look: bool = False) -> int:
    """Print the description of one file; return the exit status."""
    try:
        # Metadata is not asked for, and need not be UTF-8.
        with av.open(
            path, "r", format=demuxer, options=dict(_pair(option) for option in options), metadata_errors="replace"
        ) as container:
            if len(container.streams) > most_streams:
                return TOO_COMPLEX
            described = describe(container, demuxer, look=look)
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


def describe(container: InputContainer, demuxer: str, *, look: bool) -> dict[str, object]:
    """Describe an open container; streams without a decoder or without parameters are left out."""
    pictures = [stream for stream in container.streams.video if _moves(stream)]
    return {
        "demuxer": demuxer,
        "duration_ms": _milliseconds(container.duration),
        "audio": [_audio(stream, container) for stream in container.streams.audio if _has_sound(stream)],
        "video": [_video(stream, container) | (_seen(stream, container) if look else {}) for stream in pictures],
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
        "profile": context.profile,
    }


def _video(stream: av.VideoStream, container: InputContainer) -> dict[str, object]:
    context = stream.codec_context
    aspect = stream.sample_aspect_ratio
    return {
        "index": stream.index,
        "codec": context.codec.canonical_name,
        "width": context.width,
        "height": context.height,
        "frame_rate": float(stream.average_rate) if stream.average_rate else None,
        "pixel_format": context.pix_fmt,
        "profile": context.profile,
        "level": context.level,
        "aspect": [aspect.numerator, aspect.denominator] if aspect and aspect > 0 else [1, 1],
        "interlaced": context.field_order not in _PROGRESSIVE,
        "transfer": int(context.color_trc),
        "primaries": int(context.color_primaries),
        "colour_matrix": int(context.colorspace),
        "start_ms": _start_ms(stream, container),
    }


def _seen(stream: av.VideoStream, container: InputContainer) -> dict[str, object]:
    """Say what only a frame tells, or nothing of a picture that has none."""
    frame = _first_frame(stream, container)
    if frame is None:
        return {}
    said: dict[str, object] = {}
    matrix = frame.side_data.get("DISPLAYMATRIX")
    if isinstance(matrix, Buffer):
        said["display_matrix"] = struct.unpack("=9i", bytes(matrix))
    return said | ({"interlaced": True} if frame.interlaced_frame else {})


def _first_frame(stream: av.VideoStream, container: InputContainer) -> av.VideoFrame | None:
    stream.thread_count = 1
    for packet in islice(container.demux(stream), _LOOKED_AT):
        with suppress(av.FFmpegError):  # what is damaged here need not be further on
            if frames := packet.decode():
                return frames[0]
    return None


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
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[5:], look=sys.argv[4] == "look"))
