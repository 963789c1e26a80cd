"""What is written into files, and what is the same in several of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from server.transcription.direction import directed, direction_of
from server.transcription.engines.base import Segment


@dataclass(frozen=True, slots=True)
class Transcription:
    """All that was said in one recording; `language` is a BCP-47 tag, None where it is not known."""

    language: str | None
    duration_ms: int
    segments: Sequence[Segment]
    title: str = ""


def text_of(segments: Iterable[Segment]) -> str:
    """Join what was said, without speakers and times."""
    return " ".join(text for segment in segments if (text := one_line(segment.text)))


def clock(milliseconds: int, point: str) -> str:
    """Show a time as `HH:MM:SS.mmm`; hours go on after 23 and after 99."""
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{milliseconds:03}"


def timing(start_ms: int, end_ms: int, point: str) -> str:
    """Show from when until when a subtitle lasts."""
    # Both formats want the end to be later than the start, and parsers drop cues where it isn't.
    return f"{clock(start_ms, point)} --> {clock(max(end_ms, start_ms + 1), point)}"


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that aren't empty."""
    # splitlines() knows more line ends than the formats do, and so do some of their parsers.
    return [line for part in text.splitlines() if (line := part.strip())]


def one_line(text: str) -> str:
    """Join the lines of a text."""
    return " ".join(lines_of(text))


def led_by(speaker: str | None, text: str) -> str:
    """Put the speaker's name, if there is one, before a line; it doesn't change the direction of the text."""
    return directed(f"{name}: {text}", direction_of(text)) if (name := one_line(speaker or "")) else text
