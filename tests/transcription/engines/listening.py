"""An engine's answers, taken down and put into words that can be compared."""

import re
from collections.abc import Iterable
from contextlib import aclosing
from pathlib import Path

from server.transcription.engines.base import Engine, Heard, Segment


async def listen(
    engine: Engine,
    audio: Path,
    *,
    duration_ms: int | None = None,
    language: str | None = "en",
    model: str | None = None,
) -> list[Heard]:
    """Let an engine transcribe a recording to its end."""
    async with aclosing(engine.transcribe(audio, duration_ms=duration_ms, language=language, model=model)) as steps:
        return [step async for step in steps]


def segments_of(steps: Iterable[Heard]) -> list[Segment]:
    """Keep the steps in which something was said."""
    return [step.segment for step in steps if step.segment]


def words_of(steps: Iterable[Heard]) -> str:
    """Give what was said in lower case without punctuation, abbreviations spoken out."""
    text = " ".join(segment.text for segment in segments_of(steps)).lower().replace("mr.", "mister")
    return " ".join(re.sub(r"[^a-z ]", " ", text).split())
