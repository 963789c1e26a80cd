"""Files that are a picture and something else at once, so that whoever gets them may take them for the other.

What phones write behind a picture is none of these: a film of the moment, a second picture, a map of brightness.
"""

import asyncio
import mmap
import re
import struct
from pathlib import Path

from server.images.failures import Polyglot

_PDF = (1024, b"%PDF-")  # where readers look for it: PDF 1.7 Reference, Appendix H, note 13
_MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|svg|\?php)\b", re.IGNORECASE)
# The first bytes of a picture as a name, then a comment or an assignment: the length of the screen or segment says so.
_SCRIPT = re.compile(rb"GIF8[79]a\s*(?:/\*|=)|\xff\xd8\xff\xe0/\*")

_ARCHIVES = {b"7z\xbc\xaf\x27\x1c": "a 7z archive", b"Rar!\x1a\x07": "a RAR archive"}

# https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 to 4.3.16
_ZIP_END = struct.Struct("<4s8xLLH")
_ZIP_END_SIGNATURE, _ZIP64_LOCATOR, _ZIP_ENTRY = b"PK\x05\x06", b"PK\x06\x07", b"PK\x01\x02"
_ZIP64_LOCATOR_SIZE = 20
_LONGEST_ZIP_END = _ZIP_END.size + 0xFFFF


def check_beginning(head: bytes) -> None:
    """Look at the first bytes of a picture for another beginning.

    Raises:
        Polyglot: they could be taken for a document, a page or a script.
    """
    reach, signature = _PDF
    if signature in head[:reach]:
        raise Polyglot("a PDF document")
    if _MARKUP.search(head):
        raise Polyglot("a web page")
    if _SCRIPT.match(head):
        raise Polyglot("a script")


async def check_whole(path: Path) -> None:
    """Look at all bytes of a picture for an archive behind it.

    Raises:
        Polyglot: there is one.
    """
    await asyncio.to_thread(_check_whole, path)


def _check_whole(path: Path) -> None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for signature, other in _ARCHIVES.items():
            if content.find(signature) >= 0:
                raise Polyglot(other)
        if _ends_as_zip(content):
            raise Polyglot("a ZIP archive")


def _ends_as_zip(content: mmap.mmap) -> bool:
    """Look for a directory the way unpackers do: from its end, whatever lies in front of it."""
    at = len(content)
    while (at := content.rfind(_ZIP_END_SIGNATURE, max(0, len(content) - _LONGEST_ZIP_END), at)) >= 0:
        if at + _ZIP_END.size > len(content):
            continue
        _, size, _, _ = _ZIP_END.unpack_from(content, at)
        is_large = content[max(0, at - _ZIP64_LOCATOR_SIZE) : at].startswith(_ZIP64_LOCATOR)
        if is_large or (0 < size <= at and content[at - size : at - size + 4] == _ZIP_ENTRY):
            return True
    return False
