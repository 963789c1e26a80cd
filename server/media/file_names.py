"""What files are called that people save."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import count

MOST_CHARACTERS, MOST_BYTES = 120, 240
"""Systems take 255 bytes; the rest is for the ending, and for a number where there are several of one name."""
LONGEST_NAME = 255
"""Bytes, on most file systems."""

_TYPES_BY_ENDING = """
    3gp audio/3gpp video/3gpp; aac audio/aac audio/aacp; aiff audio/aiff audio/x-aiff; amr audio/amr;
    au audio/basic; asf video/x-ms-asf; avi video/x-msvideo; avif image/avif; caf audio/x-caf;
    flac audio/flac audio/x-flac; flv video/x-flv; gif image/gif; heic image/heic; heif image/heif; jpg image/jpeg;
    m4a audio/mp4 audio/m4a audio/x-m4a; m4v video/x-m4v; mka audio/x-matroska; mkv video/x-matroska;
    mov video/quicktime; mp3 audio/mpeg audio/mp3; mp4 video/mp4; mpg video/mpeg; mts video/mp2t;
    ogg audio/ogg audio/vorbis application/ogg; ogv video/ogg; opus audio/opus; png image/png; tiff image/tiff;
    wav audio/wav audio/wave audio/x-wav audio/vnd.wave; weba audio/webm; webm video/webm; webp image/webp;
    wma audio/x-ms-wma; wmv video/x-ms-wmv
"""
_ENDINGS = {kind: ending for ending, *kinds in map(str.split, _TYPES_BY_ENDING.split(";")) for kind in kinds}
_OF_MEDIA = re.compile(
    rf"(?i)\.(?:{'|'.join({*_ENDINGS.values(), 'aif', 'jpeg', 'm4b', 'mpeg', 'oga', 'tif', 'ts'})})$"
)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³]) *(?:\.|$)", re.IGNORECASE)
"""This and the above is what some system takes for more than a name:
https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file"""


def file_name(title: str, ending: str) -> str:
    """Make a name that every system takes; a title that is itself the name of a media file loses its own ending."""
    return f"{stem_of(title)}.{ending}" if ending else stem_of(title)


def stem_of(title: str) -> str:
    """Make a name without an ending, to which one can be added."""
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in title)
    plain = " ".join(_FORBIDDEN.sub(" ", _OF_MEDIA.sub("", seen.strip())).split())
    cut = plain[:MOST_CHARACTERS].encode()[:MOST_BYTES].decode(errors="ignore")
    return _no_device(cut.strip(" .") or "lectern")


def safe_name(name: str) -> str:
    """Return a name that every system takes for one of a file in this very folder, as close to the given as can be."""
    plain = _no_device(_FORBIDDEN.sub("_", name).strip(". ") or "source")
    # Of a long one the beginning and the end, where its kind is; a character has up to four bytes.
    return plain if len(plain.encode()) <= LONGEST_NAME else f"{plain[:40]}…{plain[-19:]}"


def ending_of(content_type: str) -> str:
    """Return the usual ending of files of a type, without its point; nothing where there is none."""
    return _ENDINGS.get(content_type, "")


def _no_device(name: str) -> str:
    return f"_{name}" if _DEVICE.match(name) else name


class Names:
    """Names for the files of one folder, none of which is given twice: not even in another case, as systems differ."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {_folded(name) for name in taken}

    def free(self, stem: str) -> str:
        """Take a name, with a number behind it if need be."""
        folded = _folded(stem)
        number = next(number for number in count(1) if _numbered(folded, number) not in self._taken)
        self._taken.add(_numbered(folded, number))
        return _numbered(stem, number)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem} ({number})"
