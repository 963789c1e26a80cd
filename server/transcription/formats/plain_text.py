"""Transcripts as plain text."""

from collections.abc import Iterator

from server.transcription.formats.transcript import Transcription, led_by, one_line


def write_txt(transcription: Transcription) -> Iterator[str]:
    """Write a line for each segment, led by the speaker's name where it is known and has changed."""
    last = None
    for segment in transcription.segments:
        if text := one_line(segment.text):
            yield f"{led_by(segment.speaker if segment.speaker != last else None, text)}\n"
            last = segment.speaker
