"""One picture, decoded once in a confined child, and the smaller ones that are made of it."""

import asyncio
import json
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from server.ffmpeg.confine import PATIENT, Finished, Limits, TimedOut, run
from server.ffmpeg.failures import Crashed, FfmpegFailure, MachineTrouble, OutputTooLarge, RenderTimedOut
from server.ffmpeg.sniff import HEAD, WEBP, Container, sniff
from server.ffmpeg.verdict import CRASHES
from server.images.failures import IncompletePicture, TooHeavy, TooManyPixels, UnreadablePicture

_CHILD = Path(__file__).with_name("render_child.py")
# As the child exits; importing them from there would bring the decoders into this process.
_UNREADABLE, _INCOMPLETE, _TOO_MANY_PIXELS, _TOO_HEAVY, _TOO_LARGE = 3, 4, 5, 6, 7

LARGEST = 2048
"""No side of what is made is longer, in pixels."""
MOST_FRAMES = 2000
MOVING_PER_STILL = 5
"""An animation of more pixels in all than so many of the largest pictures is not kept moving."""
MEGAPIXEL = 1_000_000
_MOST_OUTPUT = 1024

_MEMORY = 512 * 1024**2
_BYTES_PER_PIXEL = 24  # a decoder's planes, the samples it hands over, and one conversion of them
_SECONDS, _CPU_SECONDS = 1800, 300
_SLACK_BYTES = 32 * 1024**2


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made of one picture.

    `decoder` is one of `formats.DECODERS`. `sides` are the sides in pixels of the squares that what is made fits, by
    its name: `<name>.webp` comes to lie beside the picture. The one named `moving` stays animated.
    """

    path: Path
    decoder: str
    sides: Mapping[str, int]
    moving: str
    most_megapixels: int

    def limits(self, size: int) -> Limits:
        """Limit the work on a picture of `size` bytes."""
        return Limits(
            seconds=_SECONDS,
            cpu_seconds=_CPU_SECONDS,
            memory=_MEMORY + _BYTES_PER_PIXEL * self.most_megapixels * MEGAPIXEL,
            file_size=largest_output(size),
            niceness=PATIENT,
        )

    def described(self) -> str:
        """Say it as the child takes it."""
        most_pixels = self.most_megapixels * MEGAPIXEL
        return json.dumps(
            {
                "path": str(self.path.absolute()),
                "format": self.decoder,
                "wanted": dict(self.sides),
                "moving": self.moving,
                "largest": LARGEST,
                "most_pixels": most_pixels,
                "most_frames": MOST_FRAMES,
                "most_moving_pixels": MOVING_PER_STILL * most_pixels,
            }
        )


Length = Annotated[int, Field(gt=0, lt=2**31)]


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a picture is as it is to be shown, upright; in pixels."""

    width: Length
    height: Length


_ANSWER = TypeAdapter(Shape)


def largest_output(size: int) -> int:
    """Tell how many bytes each thing may have at most that is made of a picture of `size` bytes."""
    return _SLACK_BYTES + 2 * size


async def render(order: Order, limits: Limits) -> Shape:
    """Make smaller pictures of one picture, without anything that it carries beside its pixels.

    Of the same picture the same bytes are made each time.

    Raises:
        TooManyPixels: it claims more than are allowed.
        UnreadablePicture: its header can't be read.
        IncompletePicture: its pixels can't.
        TooHeavy: they can't within the limits of memory and work.
        OutputTooLarge: what is made outgrew its limit.
        RenderTimedOut: it took too long, which may be the machine's doing.
        MachineTrouble: it was none of the picture's.
    """
    argv = (sys.executable, "-I", str(_CHILD), order.described())
    try:
        finished = await run(argv, order.path.parent, limits, most=_MOST_OUTPUT)
    except TimedOut as error:
        raise RenderTimedOut("Reading it took too long. Try again, or send a smaller picture.", error.tail) from error
    if finished.code:
        raise _failure(order, finished)
    try:
        shape = _ANSWER.validate_json(finished.stdout)
    except ValidationError as error:
        raise UnreadablePicture(str(error)) from error
    if not await asyncio.to_thread(_are_pictures, order):
        raise UnreadablePicture(finished.tail)
    return shape


def _failure(order: Order, finished: Finished) -> FfmpegFailure:
    tail = finished.tail
    blamed: dict[int, FfmpegFailure] = {
        _UNREADABLE: UnreadablePicture(tail),
        _INCOMPLETE: IncompletePicture(tail),
        _TOO_MANY_PIXELS: TooManyPixels(order.most_megapixels, tail),
        _TOO_HEAVY: TooHeavy(tail),
        _TOO_LARGE: OutputTooLarge(tail),
        -signal.SIGXCPU: TooHeavy(tail),
    }
    if finished.code in CRASHES:
        return Crashed("The picture can't be decoded. Export it as JPEG or PNG, and send that.", tail)
    return blamed.get(finished.code) or MachineTrouble(f"The decoder ended with {finished.code}.", tail)


def _are_pictures(order: Order) -> bool:
    """Say whether all has been made, and as it should be: a child that the file has taken over may write anything."""
    return all(_kind(order.path.with_name(f"{name}.webp")) == WEBP for name in order.sides)


def _kind(path: Path) -> Container | None:
    try:
        with path.open("rb") as file:
            return sniff(file.read(HEAD))
    except FileNotFoundError:
        return None
