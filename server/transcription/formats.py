"""Transcripts as files: plain text, WebVTT, SubRip and JSON, written piece by piece."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType

from server.transcription.engines.base import Segment

_VTT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\0": "\N{REPLACEMENT CHARACTER}"})


@dataclass(frozen=True, slots=True)
class Transcription:
    """All that was said in one recording; `language` is a BCP-47 tag, None where it is not known."""

    language: str | None
    duration_ms: int
    segments: Sequence[Segment]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, and the function that writes it as pieces of text; files are UTF-8."""

    media_type: str
    write: Callable[[Transcription], Iterator[str]]


def text_of(segments: Iterable[Segment]) -> str:
    """Join what was said, without speakers and times."""
    return " ".join(text for segment in segments if (text := _one_line(segment.text)))


def write_txt(transcription: Transcription) -> Iterator[str]:
    """Write a line for each segment, led by the speaker's name where it is known and has changed."""
    last = None
    for segment in transcription.segments:
        if text := _one_line(segment.text):
            yield f"{_led_by(segment.speaker if segment.speaker != last else None, text)}\n"
            last = segment.speaker


def write_vtt(transcription: Transcription) -> Iterator[str]:
    """Write WebVTT (https://www.w3.org/TR/webvtt1/): the text is escaped, the speaker is a voice span."""
    yield "WEBVTT\n"
    for segment in transcription.segments:
        # A blank line or an arrow would end the cue; only the arrow can be escaped.
        if text := "\n".join(_lines(segment.text)).translate(_VTT_ESCAPES):
            speaker = _one_line(segment.speaker or "").translate(_VTT_ESCAPES)
            yield f"\n{_timing(segment, '.')}\n{f'<v {speaker}>{text}</v>' if speaker else text}\n"


def write_srt(transcription: Transcription) -> Iterator[str]:
    """Write SubRip, where nothing can be escaped: a text is one line, and an arrow in it is another kind of arrow."""
    number = 0
    for segment in transcription.segments:
        if text := _one_line(segment.text):
            number += 1
            cue = _led_by(segment.speaker, text).replace("-->", "\N{RIGHTWARDS ARROW}")
            yield f"{number}\n{_timing(segment, ',')}\n{cue}\n\n"


def write_json(transcription: Transcription) -> Iterator[str]:
    """Write one JSON object.

    `{language, duration_ms, text, segments: [{start_ms, end_ms, text, words, confidence, speaker}]}`, where `words` is
    `[{start_ms, end_ms, text, confidence}]`; times are whole milliseconds, confidences lie within 0 and 1 or are null.
    """
    head = {
        "language": transcription.language,
        "duration_ms": transcription.duration_ms,
        "text": text_of(transcription.segments),
    }
    yield f'{_json(head)[:-1]}, "segments": ['
    for index, segment in enumerate(transcription.segments):
        yield (", " if index else "") + _json(asdict(segment))
    yield "]}\n"


FORMATS = MappingProxyType(
    {
        "txt": Format("text/plain", write_txt),
        "vtt": Format("text/vtt", write_vtt),
        "srt": Format("application/x-subrip; charset=utf-8", write_srt),
        "json": Format("application/json", write_json),
    }
)
"""Formats by the extension of the file's name."""


def clock(milliseconds: int, point: str) -> str:
    """Show a time as `HH:MM:SS.mmm`; hours go on after 23 and after 99."""
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{milliseconds:03}"


def _timing(segment: Segment, point: str) -> str:
    # Both formats want the end to be later than the start, and parsers drop cues where it isn't.
    end_ms = max(segment.end_ms, segment.start_ms + 1)
    return f"{clock(segment.start_ms, point)} --> {clock(end_ms, point)}"


def _lines(text: str) -> list[str]:
    # splitlines() knows more line ends than the formats do, and so do some of their parsers.
    return [line for part in text.splitlines() if (line := part.strip())]


def _one_line(text: str) -> str:
    return " ".join(_lines(text))


def _led_by(speaker: str | None, text: str) -> str:
    return f"{name}: {text}" if (name := _one_line(speaker or "")) else text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
