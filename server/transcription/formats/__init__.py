"""Transcripts as files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from server.transcription.formats.json_object import write_json
from server.transcription.formats.plain_text import write_txt
from server.transcription.formats.subrip import write_srt
from server.transcription.formats.tab_separated import write_tsv
from server.transcription.formats.transcript import Transcription, clock, text_of
from server.transcription.formats.web_vtt import write_captions, write_vtt
from server.transcription.formats.word_document import write_docx

__all__ = ["FORMATS", "Extension", "Format", "Transcription", "clock", "text_of", "write_vtt"]

Extension = Literal["txt", "docx", "vtt", "srt", "tsv", "json"]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, and the function that writes it, piece by piece; text is UTF-8."""

    media_type: str
    write: Callable[[Transcription], Iterator[bytes]]


def _text(media_type: str, write: Callable[[Transcription], Iterator[str]]) -> Format:
    return Format(media_type, lambda transcription: (piece.encode() for piece in write(transcription)))


FORMATS = MappingProxyType(
    {
        "txt": _text("text/plain", write_txt),
        "vtt": _text("text/vtt", write_captions),
        "srt": _text("application/x-subrip; charset=utf-8", write_srt),
        "json": _text("application/json", write_json),
        "tsv": _text("text/tab-separated-values", write_tsv),
        "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx),
    }
)
"""Formats by the extension of the file's name."""
