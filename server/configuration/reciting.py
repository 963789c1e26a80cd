"""What is asked of recitals, and what marks one for a person's judgement."""

from typing import Self

from pydantic import Field, model_validator

from server.configuration.base import Group


class Recitals(Group):
    """How recitals are collected."""

    idle_minutes: int = Field(
        120,
        alias="RECITAL_IDLE_MINUTES",
        ge=1,
        description="A recital without a sign of life for this long is ended with what it has.",
    )
    max_slice_mb: int = Field(5, alias="MAX_SLICE_MB", ge=1, le=64, description="Largest recorded slice, in MiB.")
    max_document_mb: int = Field(10, alias="MAX_DOCUMENT_MB", ge=1, le=64, description="Largest document, in MiB.")


class Quality(Group):
    """What marks a recital, or a sentence of it, for review; nothing is ever thrown away by a machine."""

    max_word_error_rate: float = Field(
        0.3, alias="QUALITY_MAX_WER", ge=0, description="Words heard otherwise than written, by those written."
    )
    max_character_error_rate: float = Field(
        0.2,
        alias="QUALITY_MAX_CER",
        ge=0,
        description="The same of characters; a sentence is marked that exceeds both.",
    )
    max_clipping_share: float = Field(
        0.0005,
        alias="QUALITY_MAX_CLIPPING",
        ge=0,
        le=1,
        description="Samples within 2 % of full scale, by all samples.",
    )
    min_signal_to_noise_db: float = Field(
        12, alias="QUALITY_MIN_SNR_DB", description="Speech over the noise in its pauses, in dB."
    )
    min_rms_db: float = Field(-45, alias="QUALITY_MIN_RMS_DB", le=0, description="Loudness, in dB below full scale.")
    min_speech_share: float = Field(
        0.1, alias="QUALITY_MIN_SPEECH", ge=0, le=1, description="Time with speech in it, by all time."
    )
    max_silence_seconds: float = Field(
        3, alias="QUALITY_MAX_SILENCE_SECONDS", ge=0, description="Silence before the first or after the last word."
    )
    max_seconds_per_character: float = Field(
        0.3, alias="QUALITY_MAX_SECONDS_PER_CHARACTER", gt=0, description="Slower reading than this is marked."
    )
    min_seconds_per_character: float = Field(
        0.03, alias="QUALITY_MIN_SECONDS_PER_CHARACTER", ge=0, description="Faster reading than this is marked."
    )

    @model_validator(mode="after")
    def _speeds_leave_room(self) -> Self:
        """Some speed of reading has to be right."""
        if self.min_seconds_per_character >= self.max_seconds_per_character:
            raise ValueError(
                "QUALITY_MIN_SECONDS_PER_CHARACTER is not below QUALITY_MAX_SECONDS_PER_CHARACTER. Lower the first."
            )
        return self
