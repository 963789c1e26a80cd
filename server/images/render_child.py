"""Make smaller pictures of one picture: `render_child.py ORDER`, of which `render.py` tells what it is.

It runs by path, confined, and imports nothing of this package, so that no decoder is ever loaded into the service
itself. On stdout it says as JSON how large the picture is as it is to be shown; the exit status is one of the five
below when the file is at fault. Whatever a picture carries beside its pixels is left behind: only those are written.
"""

import errno
import json
import mmap
import re
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Any, cast

import pi_heif
from PIL import AvifImagePlugin, ExifTags, GifImagePlugin, Image, ImageCms, PngImagePlugin

UNREADABLE, INCOMPLETE, TOO_MANY_PIXELS, TOO_HEAVY, TOO_LARGE = 3, 4, 5, 6, 7

Size = tuple[int, int]
Span = tuple[float, float]
"""The sample values that are black and white."""

# A picture's orientation is Exif's; these decoders have applied it, or what stands in its place, already.
_UPRIGHT_ALREADY = {"HEIF", "TIFF"}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = range(5, 9)
_MOVING = {"GIF", "PNG", "WEBP", "AVIF"}
_QUALITY = {"quality": 80, "method": 4}
_BITS_PER_SAMPLE, _PHOTOMETRIC = 258, 262  # TIFF 6.0, section 8
_LONGEST_TEXT = 64 * 1024**2  # unpacked: editors put their whole document into a PNG, and printers long profiles
_FASTEST_MS, _USUAL_MS = 10, 100  # what browsers show for that long, or for no time at all, they show for this long


class Refused(Exception):  # noqa: N818 - it is the picture's fault
    """The picture can't be made anything of; the argument is the exit status."""


class Moving(Image.Image):
    """An animation whose pictures are made as they are sought, so that one at a time is in memory."""

    def __init__(self, source: Image.Image, size: Size, turn: int, frames: int) -> None:
        super().__init__()
        self.source, self.shown_size, self.turn = source, size, turn
        # An animated PNG may have a picture in front for those who can't show the rest.
        self.skipped = 1 if getattr(source, "default_image", False) else 0
        self.n_frames = frames - self.skipped
        self.durations = [0] * self.n_frames
        self.seek(0)

    def seek(self, frame: int) -> None:
        """Make one of the pictures."""
        with blaming(INCOMPLETE):
            self.source.seek(frame + self.skipped)
            self.source.load()
            made = shown(self.source, self.shown_size, self.turn)
        duration = round(self.source.info.get("duration", 0))
        self.durations[frame] = duration if duration > _FASTEST_MS else _USUAL_MS
        self.im, self._mode, self._size = made.im, made.mode, made.size

    def tell(self) -> int:
        """Return where an encoder goes back to in the end."""
        return 0


def main(order: dict[str, Any]) -> int:
    """Write the pictures that are ordered, and print the size; return the exit status."""
    try:
        with opened(order["path"], order["format"], order["most_pixels"]) as image:
            size = rendered(image, order)
    except Refused as refusal:
        return int(refusal.args[0])
    except MemoryError as error:
        return refuse(TOO_HEAVY, error)
    except OSError as error:
        if error.errno == errno.EFBIG:
            return refuse(TOO_LARGE, error)
        raise
    sys.stdout.write(json.dumps({"width": size[0], "height": size[1]}))
    return 0


@contextmanager
def blaming(status: int) -> Iterator[None]:
    """Blame the picture for whatever goes wrong inside: decoders raise what they like."""
    try:
        yield
    except (Refused, MemoryError, FileNotFoundError, PermissionError):
        raise
    except Image.DecompressionBombError as error:
        raise Refused(refuse(TOO_MANY_PIXELS, error)) from error
    except Exception as error:
        raise Refused(refuse(status, error)) from error


def refuse(status: int, reason: object) -> int:
    """Leave the reason for the log."""
    sys.stderr.write(f"{reason!r}\n")
    return status


@contextmanager
def opened(path: str, form: str, most_pixels: int) -> Iterator[Image.Image]:
    """Open a picture by its header, as the one format that it may be."""
    Image.MAX_IMAGE_PIXELS = most_pixels // 2  # of twice as many it makes an error
    GifImagePlugin.LOADING_STRATEGY = GifImagePlugin.LoadingStrategy.RGB_ALWAYS
    PngImagePlugin.MAX_TEXT_CHUNK = _LONGEST_TEXT
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    with blaming(UNREADABLE):
        if form in {"HEIF", "AVIF"} and declared_pixels(path) > most_pixels:
            raise Refused(refuse(TOO_MANY_PIXELS, "by its properties"))
        image = Image.open(path, formats=[form])
    with image:
        yield image


def declared_pixels(path: str) -> int:
    """Tell the most pixels that any part of a HEIF file claims to have: a cropped one shows fewer than it decodes.

    The size is the property `ispe` (ISO/IEC 23008-12, 6.5.3).
    """
    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        sizes = re.findall(rb"ispe\0{4}(.{4})(.{4})", content, re.DOTALL)
    return max((int.from_bytes(width) * int.from_bytes(height) for width, height in sizes), default=0)


def rendered(image: Image.Image, order: dict[str, Any]) -> Size:
    """Write the pictures, all made of the same one, so that each is the same whichever others are ordered."""
    with blaming(INCOMPLETE):
        turn = orientation(image)
        upright = image.size[::-1] if turn in _SIDEWAYS else image.size
        size = fitting(image.size, order["largest"])
        frames = moving_frames(image, order["most_frames"], order["most_moving_pixels"])
        still = shown(image, size, turn)
    for name, side in order["wanted"].items():
        if frames and name == order["moving"]:
            save_moving(Moving(image, size, turn, frames), name)
        else:
            scaled(still, fitting(still.size, side)).save(f"{name}.webp", "WEBP", **_QUALITY)
    return upright


def save_moving(moving: Moving, name: str) -> None:
    """Write an animation that goes on for as many rounds as the one that it is made of."""
    rounds = moving.source.info.get("loop", 1 if moving.source.format == "GIF" else 0)
    if rounds and moving.source.format == "GIF" and "loop" in moving.source.info:
        rounds += 1  # a GIF counts those after the first
    options = {"duration": moving.durations, "loop": rounds, "background": (0, 0, 0, 0)}
    moving.save(f"{name}.webp", "WEBP", save_all=True, **options, **_QUALITY)


def moving_frames(image: Image.Image, most_frames: int, most_pixels: int) -> int:
    """Count the pictures of an animation; 0 where it is none, or one of more than is taken."""
    pixels = image.width * image.height
    if image.format not in _MOVING or not getattr(image, "is_animated", False) or pixels > most_pixels:
        return 0
    frames = int(getattr(image, "n_frames", 1))
    return frames if frames <= most_frames and frames * pixels <= most_pixels else 0


def orientation(image: Image.Image) -> int:
    """Tell how a picture is to be turned, by the numbers of Exif; only there, as browsers do."""
    if image.format in _UPRIGHT_ALREADY:
        return 1
    if image.format == "PNG":
        image.load()  # what it is about may stand behind the pixels
    with suppress(Exception):  # what can't be read says nothing
        exif = Image.Exif()
        exif.load(image.info["exif"])
        return int(exif.get(ExifTags.Base.Orientation, 1))
    return 1


def fitting(size: Size, side: int) -> Size:
    """Give the size at which a picture fits a square; it never grows."""
    longest = max(size)
    if longest <= side:
        return size
    width, height = (max(1, round(length * side / longest)) for length in size)
    return width, height


def shown(image: Image.Image, size: Size, turn: int) -> Image.Image:
    """Give a picture as it is to be shown: small, of eight bits, in sRGB, upright."""
    drafted = image.draft(None, (2 * size[0], 2 * size[1]))  # a JPEG is decoded at less than its size
    image.load()
    span = sample_span(image)
    small = scaled(scalable(image), size, drafted[1] if drafted else None)
    if span:
        small = eight_bits(small, span)
    coloured = in_srgb(small, image.info.get("icc_profile"))
    return coloured.transpose(_TURNS[turn]) if turn in _TURNS else coloured


def scaled(image: Image.Image, size: Size, box: tuple[float, float, float, float] | None = None) -> Image.Image:
    """Scale a picture, or the part of it that is framed."""
    return image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)


def scalable(image: Image.Image) -> Image.Image:
    """Give a picture whose samples can be averaged: no palette, no colour that stands for transparency."""
    if image.mode.startswith("I;16"):
        return image.convert("I")
    if image.mode in {"La", "RGBa"}:
        return image.convert(image.mode.upper())
    if image.mode in {"P", "PA"} or (image.mode in {"1", "L", "RGB"} and "transparency" in image.info):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image.convert("L") if image.mode == "1" else image


def sample_span(image: Image.Image) -> Span | None:
    """Tell what black and white are in samples of more than eight bits."""
    if image.mode.startswith("I;16"):
        tags = getattr(image, "tag_v2", {})
        white = 2.0 ** tags.get(_BITS_PER_SAMPLE, (16,))[0] - 1
        return (white, 0.0) if tags.get(_PHOTOMETRIC) == 0 else (0.0, white)
    if image.mode not in {"I", "F"}:
        return None
    low, high = cast("Span", image.getextrema())
    is_share = image.mode == "F" and low >= 0 and high <= 1
    return (0.0, 1.0) if is_share or not isfinite(high - low) or low == high else (low, high)


def eight_bits(image: Image.Image, span: Span) -> Image.Image:
    """Bring samples of more bits down to eight."""
    black, white = span
    scale = 255 / (white - black)
    return image.point(lambda sample: sample * scale + (0.5 - black * scale)).convert("L")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert the colours, and leave transparency as it is."""
    if image.mode not in {"LA", "RGBA"}:
        return coloured(image, profile)
    opaque = coloured(image.convert(image.mode[:-1]), profile)
    opaque.putalpha(image.getchannel("A"))
    return opaque


def coloured(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert the colours from what the embedded profile says they are; a broken or foreign one says nothing."""
    with suppress(ImageCms.PyCMSError, OSError):
        if image.mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        elif profile:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
        else:
            return image.convert("RGB")
        if image.mode == "L" and source.profile.xcolor_space == "RGB ":
            image = image.convert("RGB")
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    return image.convert("RGB")


def be_told_of_the_end() -> None:
    """Have the limit of work end this process by its own signal: at the hard limit the kernel kills without a word."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (max(1, hard - 1), hard))


if __name__ == "__main__":
    be_told_of_the_end()
    sys.exit(main(json.loads(sys.argv[1])))
