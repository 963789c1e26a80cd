"""What a browser's recorder cuts its file into: a beginning with the headers, and what only goes on from there.

It cuts anywhere, in the middle of an element, too. After a slice that is missing, sound can be read again from the next
element that stands on its own: a cluster of WebM, a fragment of MP4, a page of Ogg. Each tells at what time it plays.
"""

import re
from dataclasses import dataclass

MOST_HEADERS = 1024 * 1024
"""Headers are within so many bytes."""


@dataclass(frozen=True, slots=True)
class Form:
    """How files of a container begin, and where they can be gone on with; `demuxer` is libavformat's name."""

    demuxer: str
    beginning: re.Pattern[bytes]
    element: re.Pattern[bytes] | None


_FORMS = (
    # RFC 8794, 11.2.1; RFC 9559, 5.1.3: a Cluster of any length, which begins with its Timestamp.
    Form(
        "matroska",
        re.compile(rb"\x1a\x45\xdf\xa3"),
        re.compile(rb"\x1f\x43\xb6\x75.{1,8}?\xe7[\x81-\x88]", re.DOTALL),
    ),
    # ISO/IEC 14496-12, 4.3 and 8.8.4: a box is its length and its name.
    Form("mov", re.compile(rb".{4}ftyp", re.DOTALL), re.compile(rb"\x00.{3}moof", re.DOTALL)),
    # RFC 3533, 6: a page with the flag for the beginning of a stream; one whose position isn't 0 holds no header.
    Form("ogg", re.compile(rb"OggS\x00[\x02\x06]"), re.compile(rb"OggS\x00[\x00\x04](?!\x00{8})")),
    # Samples carry no time: nothing tells how much of them is missing.
    Form("wav", re.compile(rb"RIFF.{4}WAVE", re.DOTALL), None),
)


def form_of(start: bytes) -> Form | None:
    """Tell the container of a slice that begins a file; None when it is one that only goes on."""
    return next((form for form in _FORMS if form.beginning.match(start)), None)


def headers(start: bytes, form: Form) -> bytes | None:
    """Return what a file of this beginning has before its first sound; None when it can't be told."""
    found = form.element.search(start) if form.element else None
    return start[: found.start()] if found else None


def resumption(content: bytes, form: Form) -> int | None:
    """Return from where on a slice can be read that follows on a missing one."""
    found = form.element.search(content) if form.element else None
    return found.start() if found else None
