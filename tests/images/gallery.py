"""Pictures of every kind that is taken, made by Pillow or put together here; HEIC lies in `files`."""

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

FILES = Path(__file__).parent / "files"

SIZE = (64, 48)
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 30), (30, 30, 220), (240, 200, 20)
CORNERS = (RED, GREEN, BLUE, YELLOW)
CANARY = "Lectern Test"
"""What stands in everything that a picture carries beside its pixels."""

_STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a picture lies in a file that says by such a number how to turn it."""


def corners(size: tuple[int, int] = SIZE) -> Image.Image:
    """Paint each quarter in a colour of its own, so that one sees what is up."""
    image = Image.new("RGB", size)
    half = (size[0] // 2, size[1] // 2)
    for index, colour in enumerate(CORNERS):
        left, top = index % 2 * half[0], index // 2 * half[1]
        image.paste(colour, (left, top, left + half[0], top + half[1]))
    return image


def see_through(size: tuple[int, int] = SIZE) -> Image.Image:
    """Paint the same, the first quarter being transparent."""
    image = corners(size).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    return image


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    """Write a picture."""
    content = BytesIO()
    image.save(content, form, **options)
    return content.getvalue()


def turned(form: str, orientation: int) -> bytes:
    """Write a picture as cameras do, that is to be turned, and says where it was made."""
    stored = corners()
    if orientation in _STORED:
        stored = stored.transpose(_STORED[orientation])
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = CANARY
    place: dict[int, object] = {
        ExifTags.GPS.GPSMapDatum: CANARY,
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLatitude: (48.0, 51.0, 29.6),
    }
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(place)
    return encoded(stored, form, exif=exif, **_beside(form))


def _beside(form: str) -> dict[str, Any]:
    """Name what else a format can carry, each with the canary in it."""
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>{CANARY}</exif:GPSLatitude></x:xmpmeta>'.encode()
    others: dict[str, dict[str, Any]] = {
        "JPEG": {"comment": CANARY, "xmp": xmp, "quality": 95},
        "PNG": {"pnginfo": _texts()},
        "WEBP": {"xmp": xmp, "quality": 95},
        "AVIF": {"xmp": xmp, "quality": 95},
    }
    return {"icc_profile": srgb()} | others.get(form, {})


def _texts() -> PngImagePlugin.PngInfo:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", CANARY)
    return texts


def srgb() -> bytes:
    """Give the profile of the usual colours."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped() -> bytes:
    """Give a profile of colours in which red is blue: the names of the two primaries' tags are exchanged."""
    profile = srgb()
    return profile.replace(b"rXYZ", b"_XYZ", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"_XYZ", b"bXYZ", 1)


def png(width: int, height: int, colour: int, depth: int, rows: Sequence[bytes]) -> bytes:
    """Put a PNG together; `colour` is its type: 0 grey, 2 red, green and blue, 4 grey with alpha."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def film(form: str, frames: int = 3, **options: Any) -> bytes:
    """Write an animation, each picture of another colour, 120 ms each."""
    first, *others = (Image.new("RGB", SIZE, CORNERS[frame % 4]) for frame in range(frames))
    return encoded(first, form, save_all=True, append_images=others, duration=120, **options)


def bombs(side: int) -> dict[str, bytes]:
    """Give a small file of each decoder whose header claims `side` pixels each way, or as many as it can."""
    claim = {"big": struct.pack(">II", side, side), "little": struct.pack("<HH", side, side)}
    avif, heic = encoded(corners(), "AVIF"), (FILES / "rotated.heic").read_bytes()
    webp = encoded(corners(), "WEBP", xmp=b"so that it has an extended header")
    widest = min(side, 16383)
    canvas = struct.pack("<I", widest - 1)[:3] * 2
    return {
        "PNG": png(side, side, 0, 8, [bytes(side)]),
        "JPEG": _patched(encoded(corners(), "JPEG"), struct.pack(">HH", 48, 64), struct.pack(">HH", side, side)),
        "GIF": _patched(encoded(corners(), "GIF"), struct.pack("<HH", *SIZE), claim["little"]),
        "WEBP": _patched(webp, struct.pack("<I", 63)[:3] + struct.pack("<I", 47)[:3], canvas),
        "TIFF": _tagged(_tagged(encoded(corners(), "TIFF"), 256, side), 257, side),
        "AVIF": _patched(avif, struct.pack(">II", *SIZE), claim["big"]),
        "HEIF": _patched(heic, struct.pack(">II", 64, 64), claim["big"]),
    }


def white_is_zero(content: bytes) -> bytes:
    """Have a little-endian TIFF say that its samples are darkness."""
    return _tagged(content, 262, 0)


def _tagged(tiff: bytes, tag: int, value: int) -> bytes:
    """Change one number in a little-endian TIFF (TIFF 6.0, section 2)."""
    (first,) = struct.unpack_from("<L", tiff, 4)
    (count,) = struct.unpack_from("<H", tiff, first)
    entries = range(first + 2, first + 2 + 12 * count, 12)
    at = next(entry for entry in entries if struct.unpack_from("<H", tiff, entry) == (tag,))
    return tiff[:at] + struct.pack("<HHLL", tag, 4, 1, value) + tiff[at + 12 :]


def _patched(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new)


def steps() -> Image.Image:
    """Paint each quarter in a brightness of its own, in 16 bits: black, a quarter, half, white."""
    rows = [
        struct.pack("<H", left) * 32 + struct.pack("<H", right) * 32 for left, right in ((0, 0x4000), (0x8000, 0xFFFF))
    ]
    return Image.frombytes("I;16", SIZE, rows[0] * 24 + rows[1] * 24)


def shares(above: float, below: float) -> Image.Image:
    """Paint the halves in shares of white, as numbers with a point."""
    image = Image.new("F", SIZE, above)
    image.paste(below, (0, SIZE[1] // 2, *SIZE))
    return image
