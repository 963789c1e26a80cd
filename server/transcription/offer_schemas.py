"""The engines on offer as they go over the wire."""

from typing import Literal

from pydantic import BaseModel, Field

from server.configuration.processing import EngineName

Option = Literal["model", "speakers", "vocabulary", "redact"]


class ModelShown(BaseModel):
    """A speech model that may be named."""

    name: str = Field(examples=["tiny.en"])
    languages: list[str] | None = Field(description="BCP 47; null when only loading it will tell.", examples=[["en"]])


class EngineShown(BaseModel):
    """An engine that may be named."""

    name: EngineName
    languages: list[str] | None = Field(description="Those that may be declared when no model is named; see `models`.")
    models: list[ModelShown] = Field(description="The default first; none where it has but its own.")
    options: list[Option] = Field(description="What of a wish it takes.")
    redacts: list[str] = Field(description="Those of `languages` in which it finds personal data.")
    longest_ms: int | None = Field(description="Longer recordings it does not take; null where any length will do.")


class EnginesShown(BaseModel):
    """What may be asked of a transcription."""

    languages: list[str] | None = Field(description="Those that may be declared when no engine is named.")
    engines: list[EngineShown] = Field(description="The one that is taken when none is named comes first.")
