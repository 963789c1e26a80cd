"""Transcripts as documents of word processors: Office Open XML, ECMA-376.

It is written as a stream and from nothing but the transcript, so that memory doesn't grow with the text, the same
transcript is the same bytes, and no template's author, date or machine is in it.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from server.transcription.direction import Direction, direction_of
from server.transcription.engines.base import Segment
from server.transcription.formats import word_parts
from server.transcription.formats.transcript import Transcription, clock, one_line

_NOT_IN_XML = re.compile(
    "[^\\t\\n\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # https://www.w3.org/TR/xml/#charsets
_LINE_END = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_BREAKS = {"\t": "<w:tab/>", "\n": "<w:br/>"}
_PIECE = 64 * 1024
_TO = "\N{EN DASH}"


def write_docx(transcription: Transcription) -> Iterator[bytes]:
    """Write the title, then a paragraph for each segment: from when until when, who, and in the next line what.

    A paragraph has the direction of its text. Tabs and line ends stay; what XML can't hold is replaced.
    """
    outlet = _Outlet()
    with ZipFile(outlet, "w", ZIP_DEFLATED) as archive:
        for name, content in _parts(transcription).items():
            archive.writestr(_entry(name), content, ZIP_DEFLATED)
        with archive.open(_entry("word/document.xml"), "w") as document:
            for piece in _document(transcription):
                document.write(piece.encode())
                yield from outlet.taken(_PIECE)
    yield from outlet.taken()


class _Outlet:
    """A file that is only written, from which is taken what has been written."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, piece: bytes) -> int:
        """Keep a piece until it is taken."""
        self._written += piece
        return len(piece)

    def flush(self) -> None:
        """Hold nothing back, as ever."""

    def close(self) -> None:
        """Keep what has not been taken."""

    def taken(self, least: int = 1) -> Iterator[bytes]:
        """Give what has been written, if it is that much."""
        if len(self._written) >= least:
            yield bytes(self._written)
            self._written.clear()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)  # of 1980, as zip files reckon
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0  # else it tells which this is
    return entry


def _parts(transcription: Transcription) -> dict[str, str]:
    """Return all but the text."""
    tag = escape(transcription.language or "", {'"': "&quot;"})
    language = f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="{tag}"/>' if tag else ""
    said_in = f"<dc:language>{tag}</dc:language>" if tag else ""
    return {
        "[Content_Types].xml": word_parts.CONTENT_TYPES,
        "_rels/.rels": word_parts.PACKAGE,
        "docProps/core.xml": word_parts.PROPERTIES.format(title=_plain(transcription.title), language=said_in),
        "word/_rels/document.xml.rels": word_parts.DOCUMENT,
        "word/settings.xml": word_parts.SETTINGS,
        "word/styles.xml": word_parts.STYLES.format(language=language),
    }


def _document(transcription: Transcription) -> Iterator[str]:
    yield word_parts.BODY_BEGINS
    if title := one_line(transcription.title):
        yield _paragraph(_run(title), direction_of(title), style="Title")
    for segment in transcription.segments:
        if segment.text.strip():
            yield _paragraph(_spoken(segment), direction_of(segment.text))
    yield word_parts.BODY_ENDS


def _spoken(segment: Segment) -> str:
    times = f"{clock(segment.start_ms, '.')} {_TO} {clock(segment.end_ms, '.')}"
    speaker = one_line(segment.speaker or "")
    named = _run(" ") + _run(speaker, style="Speaker") if speaker else ""
    return _run(times, style="Time") + named + _run(f"\n{segment.text}")


def _paragraph(runs: str, direction: Direction, style: str = "") -> str:
    kind = f'<w:pStyle w:val="{style}"/>' if style else ""
    bidi = "<w:bidi/>" if direction is Direction.RTL else ""
    return f"<w:p><w:pPr>{kind}{bidi}</w:pPr>{runs}</w:p>"


def _run(text: str, style: str = "") -> str:
    kind = f'<w:rStyle w:val="{style}"/>' if style else ""
    rtl = "<w:rtl/>" if direction_of(text) is Direction.RTL else ""
    content = "".join(_inline(part) for part in re.split("([\t\n])", _plain(text)))
    return f"<w:r><w:rPr>{kind}{rtl}</w:rPr>{content}</w:r>"


def _inline(part: str) -> str:
    return _BREAKS.get(part) or (f'<w:t xml:space="preserve">{part}</w:t>' if part else "")


def _plain(text: str) -> str:
    """Make XML of what is no more than text."""
    return escape(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", _LINE_END.sub("\n", text)))
