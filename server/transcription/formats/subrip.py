"""Transcripts as SubRip."""

from collections.abc import Iterator

from server.transcription.captions import captions
from server.transcription.formats.transcript import Transcription, timing


def write_srt(transcription: Transcription) -> Iterator[str]:
    """Write subtitles that can be read while they are shown, led by the speaker's name where it has changed.

    Nothing can be escaped: an arrow in the text is another kind of arrow.
    """
    for number, caption in enumerate(captions(transcription.segments, named=True), 1):
        text = "\n".join(caption.lines).replace("-->", "\N{RIGHTWARDS ARROW}")
        yield f"{number}\n{timing(caption.start_ms, caption.end_ms, ',')}\n{text}\n\n"
