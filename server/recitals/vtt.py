"""The text of a recital with its times, as WebVTT."""

from collections.abc import Iterable

from server.recitals.segments import Stretch
from server.transcription.engines.base import Segment
from server.transcription.formats import Transcription, write_vtt


def write(stretches: Iterable[Stretch]) -> str:
    """Write a cue for each stretch that is kept, with its times to the millisecond."""
    cues = [Segment(cue.start_ms, cue.end_ms, cue.text, ()) for cue in stretches if cue.is_kept]
    return "".join(write_vtt(Transcription(None, cues[-1].end_ms if cues else 0, cues)))
