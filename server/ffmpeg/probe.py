"""What streams a media file has, asked of PyAV in a confined child."""

import sys
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from server.ffmpeg.confine import Finished, Limits, TimedOut, run
from server.ffmpeg.failures import MachineTrouble, NoPicture, NoSound, TooComplex, Unreadable
from server.ffmpeg.source import MAX_PIXELS, MAX_STREAMS, Source
from server.ffmpeg.verdict import CRASHES

_CHILD = Path(__file__).with_name("probe_child.py")
_UNREADABLE, _TOO_COMPLEX = 3, 4  # as the child exits; importing them from there would bring PyAV into this process

_READ, _LOOK = "read", "look"
_MOST_OUTPUT = 64 * 1024
_PROBE_BYTES = 10 * 1024 * 1024
_ANALYZED_US = 10_000_000

LIMITS = Limits(seconds=30, memory=2 * 1024**3, cpu_seconds=30)
"""A probe reads the header, and at most 10 MiB beyond it, or as far as the first frame."""

Codec = Annotated[str, Field(pattern="^[a-z0-9_]{1,40}$")]
Index = Annotated[int, Field(ge=0, lt=MAX_STREAMS)]
Milliseconds = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(gt=0, lt=2**31)]
Word = Annotated[str, Field(max_length=80)]
UNSPECIFIED = 2
"""Of colours, that nothing is said of them (H.273, 8.1 to 8.3)."""


@dataclass(frozen=True, slots=True)
class AudioStream:
    """One decodable audio stream.

    `bits` is that of the decoded samples when the codec is lossless, else None. `start_ms` is relative to the
    beginning of the whole file: sound that sets in after the picture has it above zero. `duration_ms` is this
    stream's alone, where the container tells it of each. `profile` is libavcodec's name for the codec's.
    """

    index: Index
    codec: Codec
    sample_rate: Positive
    channels: Positive
    bit_rate: Annotated[int, Field(gt=0)] | None = None
    bits: Positive | None = None
    start_ms: int = 0
    duration_ms: Milliseconds | None = None
    profile: Word | None = None


@dataclass(frozen=True, slots=True)
class VideoStream:
    """One moving picture; cover art is none. Sizes in pixels as they are coded, frames per second where they are known.

    `pixel_format`, which tells the depth, and `profile` are libavcodec's names, `level` is the codec's own number.
    `aspect` is the width of a pixel over its height. `transfer`, `primaries` and `colour_matrix` are the numbers of
    H.273. `display_matrix` is what turns and mirrors the picture (ISO/IEC 14496-12, 6.2.2, as libavutil gives it: rows
    of three, the third of 2.30); it, and whether frames are `interlaced` where the header doesn't tell, is only known
    of what was looked at.
    """

    index: Index
    codec: Codec
    width: Positive
    height: Positive
    frame_rate: Annotated[float, Field(gt=0)] | None = None
    pixel_format: Word | None = None
    profile: Word | None = None
    level: int | None = None
    aspect: tuple[Positive, Positive] = (1, 1)
    interlaced: bool = False
    transfer: int = UNSPECIFIED
    primaries: int = UNSPECIFIED
    colour_matrix: int = UNSPECIFIED
    start_ms: int = 0
    display_matrix: tuple[int, int, int, int, int, int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file says of itself; `duration_ms` is its claim, and None where its header has none.

    `streams` counts all there are, those among them that are of no use here.
    """

    demuxer: str
    duration_ms: Milliseconds | None
    audio: tuple[AudioStream, ...]
    video: tuple[VideoStream, ...]
    streams: Annotated[int, Field(ge=0, le=MAX_STREAMS)] = 1

    def sound(self) -> AudioStream:
        """Give the first audio stream.

        Raises:
            NoSound: there is none.
        """
        if not self.audio:
            raise NoSound
        return self.audio[0]

    def picture(self) -> VideoStream:
        """Give the first moving picture.

        Raises:
            NoPicture: there is none.
        """
        if not self.video:
            raise NoPicture
        return self.video[0]


_ANSWER = TypeAdapter(Probe)


async def probe(source: Source, *, look: bool = False) -> Probe:
    """Ask what streams a file has, with the demuxer that it was sniffed for and no other.

    Args:
        source: the file.
        look: whether to decode the first frame of each picture, too.

    Raises:
        Unreadable: it is broken, has no streams, or has a picture beyond what is allowed.
        TooComplex: it has too many streams.
        MachineTrouble: the child could not do its work.
    """
    how = _LOOK if look else _READ
    argv = (sys.executable, "-I", str(_CHILD), source.demuxer, source.url, str(MAX_STREAMS), how, *_options(source))
    try:
        finished = await run(argv, source.path.parent, LIMITS, most=_MOST_OUTPUT)
    except TimedOut as error:
        raise MachineTrouble("Reading the header took too long.", error.tail) from error
    found = _answer(finished)
    if not found.audio and not found.video:
        raise _unreadable("no streams")
    if any(picture.width * picture.height > MAX_PIXELS for picture in found.video):
        raise Unreadable(f"The picture has more than {MAX_PIXELS:,} pixels. Export it smaller, and send that.")
    return found


def _options(source: Source) -> tuple[str, ...]:
    limits = source.options() | {"probesize": str(_PROBE_BYTES), "analyzeduration": str(_ANALYZED_US), "threads": "1"}
    return tuple(f"{name}={value}" for name, value in limits.items())


def _answer(finished: Finished) -> Probe:
    if finished.code == _TOO_COMPLEX:
        raise TooComplex(MAX_STREAMS, finished.tail)
    if finished.code == _UNREADABLE or finished.code in CRASHES:
        raise _unreadable(finished.tail)
    if finished.code:
        raise MachineTrouble(f"The probe ended with {finished.code}.", finished.tail)
    try:
        return _ANSWER.validate_json(finished.stdout)
    except ValidationError as error:
        raise _unreadable(str(error)) from error


def _unreadable(tail: str) -> Unreadable:
    return Unreadable(
        "The file can't be read: it is damaged or incomplete. Export or record it again, and send that.", tail
    )
