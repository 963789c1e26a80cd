"""Transcripts as WebVTT: https://www.w3.org/TR/webvtt1/."""

from collections.abc import Iterator, Sequence

from server.transcription.captions import captions
from server.transcription.formats.transcript import Transcription, lines_of, one_line, timing

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\0": "\N{REPLACEMENT CHARACTER}"})


def write_vtt(transcription: Transcription) -> Iterator[str]:
    """Write a cue for each segment, whatever its length: the text is escaped, the speaker is a voice span."""
    yield "WEBVTT\n"
    for segment in transcription.segments:
        # A blank line or an arrow would end the cue; only the arrow can be escaped.
        if lines := lines_of(segment.text):
            yield _cue(segment.start_ms, segment.end_ms, lines, one_line(segment.speaker or ""))


def write_captions(transcription: Transcription) -> Iterator[str]:
    """Write cues that can be read while they are shown; see `captions`."""
    yield "WEBVTT\n"
    for caption in captions(transcription.segments, named=False):
        yield _cue(caption.start_ms, caption.end_ms, caption.lines, caption.speaker)


def _cue(start_ms: int, end_ms: int, lines: Sequence[str], speaker: str | None) -> str:
    text = "\n".join(lines).translate(_ESCAPES)
    spoken = f"<v {speaker.translate(_ESCAPES)}>{text}</v>" if speaker else text
    return f"\n{timing(start_ms, end_ms, '.')}\n{spoken}\n"
