"""Which container a file is, told by its first bytes and never by its name."""

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from server.ffmpeg import mpeg

HEAD = 4096
"""How many of the first bytes are looked at."""

_ID3_HEADER = 10


@dataclass(frozen=True, slots=True)
class Container:
    """A container format.

    `kind` is a first guess where the same container carries sound with or without pictures; a probe knows.
    `demuxer` is libavformat's name.
    """

    media_type: str
    kind: Literal["audio", "video", "image"]
    demuxer: str
    extension: str


WAV = Container("audio/wav", "audio", "wav", "wav")
W64 = Container("audio/x-w64", "audio", "w64", "w64")
AIFF = Container("audio/aiff", "audio", "aiff", "aiff")
CAF = Container("audio/x-caf", "audio", "caf", "caf")
FLAC = Container("audio/flac", "audio", "flac", "flac")
MP3 = Container("audio/mpeg", "audio", "mp3", "mp3")
AAC = Container("audio/aac", "audio", "aac", "aac")
AMR = Container("audio/amr", "audio", "amr", "amr")
OGG = Container("audio/ogg", "audio", "ogg", "ogg")
OGV = Container("video/ogg", "video", "ogg", "ogv")
WEBA = Container("audio/webm", "audio", "matroska", "webm")
WEBM = Container("video/webm", "video", "matroska", "webm")
MKA = Container("audio/x-matroska", "audio", "matroska", "mka")
MKV = Container("video/x-matroska", "video", "matroska", "mkv")
M4A = Container("audio/mp4", "audio", "mov", "m4a")
MP4 = Container("video/mp4", "video", "mov", "mp4")
MOV = Container("video/quicktime", "video", "mov", "mov")
THREE_GP = Container("video/3gpp", "video", "mov", "3gp")
WMA = Container("audio/x-ms-wma", "audio", "asf", "wma")
WMV = Container("video/x-ms-wmv", "video", "asf", "wmv")
AVI = Container("video/x-msvideo", "video", "avi", "avi")
MPEG_TS = Container("video/mp2t", "video", "mpegts", "ts")
MPEG_PS = Container("video/mpeg", "video", "mpeg", "mpg")
FLV = Container("video/x-flv", "video", "flv", "flv")
JPEG = Container("image/jpeg", "image", "jpeg_pipe", "jpg")
PNG = Container("image/png", "image", "png_pipe", "png")
WEBP = Container("image/webp", "image", "webp_pipe", "webp")
GIF = Container("image/gif", "image", "gif", "gif")
TIFF = Container("image/tiff", "image", "tiff_pipe", "tiff")
HEIC = Container("image/heic", "image", "mov", "heic")
AVIF = Container("image/avif", "image", "mov", "avif")

# Where dots stand, any byte may.
_SIGNATURES: tuple[tuple[re.Pattern[bytes], Container], ...] = tuple(
    (re.compile(pattern, re.DOTALL), container)
    for pattern, container in (
        (rb"(RIFF|RF64|BW64)....WAVE", WAV),
        (rb"RIFF....AVI ", AVI),
        (rb"RIFF....WEBP", WEBP),
        (rb"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00", W64),
        (rb"FORM....AIF[FC]", AIFF),
        (rb"caff\x00\x01", CAF),
        (rb"fLaC", FLAC),
        (rb"#!AMR(-WB)?\n", AMR),
        (rb"FLV\x01", FLV),
        (rb"\x00\x00\x01\xba[\x20-\x2f\x40-\x7f]", MPEG_PS),
        (rb"\xff\xd8\xff", JPEG),
        (rb"\x89PNG\r\n\x1a\n", PNG),
        (rb"GIF8[79]a", GIF),
        (rb"II\x2a\x00|MM\x00\x2a", TIFF),
    )
)

_ASF_HEADER = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_ASF_VIDEO = bytes.fromhex("c0ef19bc4d5bcf11a8fd00805f5c442b")

# The brands of ISO base media files: https://mp4ra.org/registered-types/brands
_BRANDS: tuple[tuple[re.Pattern[bytes], Container], ...] = (
    (re.compile(rb"avi[fs]"), AVIF),
    (re.compile(rb"he[iv][cmsx]|mif1|msf1"), HEIC),
    (re.compile(rb"M4[ABP] |F4[AB] "), M4A),
    (re.compile(rb"qt  "), MOV),
    (re.compile(rb"3g[2egprs]"), THREE_GP),
)
# QuickTime files older than ftyp begin with one of these; but for the media data they are never that large.
_FIRST_ATOM = re.compile(rb"[\x00-\x0f]...(moov|wide|free|skip|pnot)|....mdat", re.DOTALL)


def sniff(head: bytes) -> Container | None:
    """Tell the container by the first bytes of a file.

    Args:
        head: the first `HEAD` bytes, or all there are. An ID3 tag may fill them: what follows is then taken
            for MP3, which is nearly always right; `identify` makes sure.

    Returns:
        The container, or None for everything else; text, playlists among it, is always something else.
    """
    head = head[:HEAD]
    for pattern, container in _SIGNATURES:
        if pattern.match(head):
            return container
    return next(filter(None, (look(head) for look in _LOOKS)), None)


async def identify(path: Path) -> Container | None:
    """Tell the container of a local file, looking past an ID3 tag of any length."""
    return await asyncio.to_thread(_identify, path)


def _identify(path: Path) -> Container | None:
    with path.open("rb") as file:
        head = file.read(HEAD)
        if behind := _id3_length(head):
            file.seek(behind)
            return _behind_id3(file.read(HEAD))
    return sniff(head)


def _id3_length(head: bytes) -> int:
    """Give the length of the ID3v2 tag that `head` begins with, or 0 (https://id3.org/id3v2.4.0-structure, 3.1)."""
    if not re.match(rb"ID3[\x02-\x04][^\xff].[\x00-\x7f]{4}", head, re.DOTALL):
        return 0
    size = sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    footer = _ID3_HEADER if head[5] & 0x10 else 0
    return _ID3_HEADER + size + footer


def _id3(head: bytes) -> Container | None:
    length = _id3_length(head)
    if not length:
        return None
    return _behind_id3(head[length:]) or MP3


def _behind_id3(content: bytes) -> Container | None:
    if content.startswith(b"fLaC"):
        return FLAC
    # Some writers leave zeros between the tag and the first frame.
    return _frames(content.lstrip(b"\0"))


def _frames(head: bytes) -> Container | None:
    if mpeg.is_audio(head):
        return MP3
    return AAC if mpeg.is_adts(head) else None


def _transport_stream(head: bytes) -> Container | None:
    return MPEG_TS if mpeg.is_transport_stream(head) else None


def _ogg(head: bytes) -> Container | None:
    if not head.startswith(b"OggS\x00"):
        return None
    return OGV if b"\x80theora" in head or b"BBCD\x00" in head else OGG


def _matroska(head: bytes) -> Container | None:
    if not head.startswith(b"\x1aE\xdf\xa3"):
        return None
    # CodecID (element 0x86) begins with V_ or A_: RFC 9559, section 5.1.4.1.21.
    only_sound = re.search(rb"\x86.A_", head, re.DOTALL) and not re.search(rb"\x86.V_", head, re.DOTALL)
    if re.search(rb"\x42\x82.webm", head[:64], re.DOTALL):
        return WEBA if only_sound else WEBM
    return MKA if only_sound else MKV


def _asf(head: bytes) -> Container | None:
    if not head.startswith(_ASF_HEADER):
        return None
    return WMV if _ASF_VIDEO in head else WMA


def _iso_media(head: bytes) -> Container | None:
    if head[4:8] != b"ftyp":
        return MOV if _FIRST_ATOM.match(head) else None
    brands = _brands(head)
    return next((kind for pattern, kind in _BRANDS for brand in brands if pattern.match(brand)), MP4)


def _brands(head: bytes) -> Iterable[bytes]:
    """Give the major brand, and for a picture's general brand (mif1) the compatible ones too."""
    size = int.from_bytes(head[:4])
    major = head[8:12]
    compatible = [head[at : at + 4] for at in range(16, min(size, len(head)), 4)]
    return [major, *compatible] if major in {b"mif1", b"msf1"} else [major]


_LOOKS: tuple[Callable[[bytes], Container | None], ...] = (
    _id3,
    _ogg,
    _matroska,
    _iso_media,
    _asf,
    _transport_stream,
    _frames,
)
