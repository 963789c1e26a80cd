"""What an owner asks of the transcription of an item."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from server.configuration.processing import EngineName

Language = Annotated[
    str,
    Field(
        max_length=35,
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
        description="BCP 47; left out, the engine finds out where it can.",
        examples=["en", "he", "pt-BR"],
    ),
]


class SpeechWish(BaseModel):
    """How an item is to be transcribed; what is left out, the service decides.

    `speakers`, `vocabulary` and `redact` are Amazon Transcribe's:
    https://docs.aws.amazon.com/transcribe/latest/APIReference/API_StartTranscriptionJob.html
    """

    model_config = ConfigDict(extra="forbid")

    engine: EngineName | None = Field(None, description="By default the service's own choice.")
    model: str | None = Field(
        None,
        pattern=r"^[^\x00-\x1f\x7f]{1,200}$",
        description="One of the speech models that the service has; `whisper` only.",
        examples=["tiny.en"],
    )
    speakers: int | None = Field(
        None, ge=2, le=30, description="Tell up to this many speakers apart; `aws` only.", examples=[2]
    )
    vocabulary: str | None = Field(
        None, pattern=r"^[0-9a-zA-Z._-]{1,200}$", description="The name of a custom vocabulary; `aws` only."
    )
    redact: bool = Field(False, description="Put [PII] in the place of personal data; `aws` only.")  # noqa: FBT003 - pydantic's default
