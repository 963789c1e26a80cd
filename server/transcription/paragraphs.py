"""Transcripts as paragraphs, for those who read them."""

from collections.abc import Iterable, Iterator

from server.transcription.engines.base import Segment
from server.transcription.formats.transcript import led_by, one_line

PAUSE_MS = 2_000
LONG = 480
"""Characters; both as the page has it."""


def paragraphs_of(segments: Iterable[Segment]) -> Iterator[str]:
    """Join segments until somebody else speaks, a pause, or it is long enough; the speaker's name leads, if known."""
    speaker, end_ms, said = None, 0, ""
    for segment in segments:
        text = one_line(segment.text)
        goes_on = segment.speaker == speaker and segment.start_ms - end_ms < PAUSE_MS and len(said) < LONG
        if said and text and not goes_on:
            yield led_by(speaker, said)
            said = ""
        if text:
            speaker, end_ms, said = segment.speaker, segment.end_ms, f"{said} {text}".lstrip()
    if said:
        yield led_by(speaker, said)
