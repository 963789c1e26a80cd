"""The vocabulary of speech engines: what they are asked for, and what they answer."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word; times count from the beginning of the recording, and `confidence` lies within 0 and 1."""

    start_ms: int
    end_ms: int
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech, about a sentence long.

    Its words are in order, don't overlap and lie within it; `end_ms` is never before `start_ms`. A segment begins no
    earlier than the one before it.
    """

    start_ms: int
    end_ms: int
    text: str
    words: tuple[Word, ...] = ()
    confidence: float | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One step of a transcription: everything up to `until_ms` has been heard, silence too.

    Attributes:
        until_ms: never less than in the step before.
        language: the BCP-47 primary language of the speech, as soon as it is known.
        segment: what was said last, if anything new was.
    """

    until_ms: int
    language: str | None
    segment: Segment | None = None


class Engine(Protocol):
    """An engine that writes down a recording while it listens to it."""

    @property
    def name(self) -> str:
        """Which engine it is, as stored with its transcripts."""
        ...

    @property
    def model(self) -> str:
        """Which model it runs when none is asked for, as stored with its transcripts."""
        ...

    def transcribe(
        self, audio: Path, *, duration_ms: int | None, language: str | None, model: str | None = None
    ) -> AsyncGenerator[Heard, None]:
        """Transcribe one recording, step by step; the last step has heard it to the end.

        Leave it early only through `contextlib.aclosing`, so that the work ends with the loop.

        Args:
            audio: the inference rendition, 16 kHz mono FLAC (or WAV of the same).
            duration_ms: its length where it is known; then no step exceeds it and the last one reaches it.
            language: a BCP-47 tag such as `en-US`, or None to have it detected.
            model: the name of another model than the default.

        Raises:
            ModelNotAvailable: before any work.
            LanguageNotSupported: before any work, where it can be known; else once the model is loaded.
            AudioUnreadable: the file is not sound, or is damaged.
            EngineFailed: trying again may help.
            EngineUnavailable: no transcription will work until an operator has changed something.
        """
        ...
