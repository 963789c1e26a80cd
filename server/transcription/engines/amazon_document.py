"""The JSON document that Amazon Transcribe writes a transcript in, as far as we read it.

Source: https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html#how-it-works-output, with speakers
https://docs.aws.amazon.com/transcribe/latest/dg/diarization-output-batch.html, redacted
https://docs.aws.amazon.com/transcribe/latest/dg/pii-redaction-output.html. Times are seconds; numbers come as strings.
"""

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(allow_inf_nan=False)


class Redaction(_Part):
    """Why a word is hidden; `confidence` is how sure it is that it has to be."""

    confidence: float | None = None


class Alternative(_Part):
    """One reading of an item."""

    content: str = ""
    confidence: float | None = None
    redactions: list[Redaction] = Field(default_factory=list)


class Item(_Part):
    """A word (`pronunciation`), or a mark (`punctuation`), which has no times."""

    type: str
    start_time: float | None = None
    end_time: float | None = None
    speaker_label: str | None = None
    alternatives: list[Alternative] = Field(default_factory=list)

    @property
    def is_word(self) -> bool:
        """Whether it was spoken."""
        return self.type == "pronunciation"

    @property
    def best(self) -> Alternative:
        """The likeliest reading, which comes first."""
        return self.alternatives[0] if self.alternatives else Alternative()

    @property
    def confidence(self) -> float | None:
        """How sure the reading is, within 0 and 1; of a hidden word, how sure it has to be hidden."""
        parts: list[Alternative | Redaction] = [self.best, *self.best.redactions]
        sure = next((part.confidence for part in parts if part.confidence is not None), None)
        return None if sure is None else min(max(sure, 0.0), 1.0)


class Turn(_Part):
    """Who spoke the word that begins at a time."""

    start_time: float
    speaker_label: str


class SpeakerSegment(_Part):
    """What one speaker said on end."""

    items: list[Turn] = Field(default_factory=list)


class SpeakerLabels(_Part):
    """The older place of speakers; the newer one is with the items, and both may be filled."""

    segments: list[SpeakerSegment] = Field(default_factory=list)


class Share(_Part):
    """How much of the recording is in a language."""

    language_code: str
    duration_in_seconds: float = 0


class Transcript(_Part):
    """The whole text."""

    transcript: str = ""


class Results(_Part):
    """What was heard."""

    transcripts: list[Transcript] = Field(default_factory=list)
    items: list[Item]
    speaker_labels: SpeakerLabels = Field(default_factory=SpeakerLabels)
    language_code: str | None = None
    language_codes: list[Share] = Field(default_factory=list)


class Document(_Part):
    """The whole document."""

    results: Results
