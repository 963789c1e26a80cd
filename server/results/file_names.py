"""What the files of a result are called."""

import re
import unicodedata

MOST_CHARACTERS = 120
"""Systems take 255 bytes, and a character of ours may be two."""

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
# What Windows refuses, as files travel: https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def file_name(title: str, ending: str) -> str:
    """Make a name that every system takes; a title that is itself the name of a media file loses its own ending."""
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in title)
    plain = " ".join(_FORBIDDEN.sub(" ", _OF_MEDIA.sub("", seen.strip())).split())
    name = plain[:MOST_CHARACTERS].strip(" .") or "lectern"
    return f"{name}.{ending}" if ending else name


def ending_of(content_type: str) -> str:
    """Return the usual ending of files of a type, without its point; nothing where there is none."""
    return _ENDINGS.get(content_type, "")
