"""What is told of the quality of a recital, and of each of its sentences."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Flag(StrEnum):
    """Why a person should listen."""

    WRONG_TEXT = "wrong_text"
    WRONG_LANGUAGE = "wrong_language"
    CLIPPED = "clipped"
    SILENT = "silent"
    NOISY = "noisy"
    QUIET = "quiet"
    LITTLE_SPEECH = "little_speech"
    LONG_SILENCE = "long_silence"
    TOO_FAST = "too_fast"
    TOO_SLOW = "too_slow"


class Measures(BaseModel):
    """What was measured; null is what could not be. Levels are dB below full scale, -120 stands for silence.

    It is kept as JSON and read back for years: what is added later needs a default.
    """

    model_config = ConfigDict(frozen=True)

    duration_ms: int
    word_error_rate: float | None = Field(description="Words heard otherwise than written, by those written.")
    character_error_rate: float | None = Field(description="The same of characters, without spaces.")
    seconds_per_character: float | None = Field(description="From the first word's beginning to the last one's end.")
    clipping_share: float = Field(description="Samples within 2 % of full scale, by all samples.")
    peak_db: float
    rms_db: float
    signal_to_noise_db: float | None = Field(description="Speech over the noise in its pauses.")
    speech_share: float = Field(description="Time with speech in it, by all time.")
    leading_silence_ms: int
    trailing_silence_ms: int
    language_match: bool | None = Field(description="Whether the language is the document's, where the engine tells.")
    flags: list[Flag] = Field(description="What of this lies beyond the thresholds.")
