"""Statistics of recitals as they go over the wire: of those that became a recording, and of the sentences kept."""

import datetime as dt

from pydantic import BaseModel, Field


class Amount(BaseModel):
    """How much was read."""

    recital_count: int
    sentence_count: int
    character_count: int
    duration_ms: int


class Totals(Amount):
    """How much was read by all."""

    speaker_count: int


class Day(BaseModel):
    """What was read on a day."""

    date: dt.date = Field(description="By UTC.")
    recital_count: int
    duration_ms: int


class Place(BaseModel):
    """Somebody's place among all who read."""

    rank: int = Field(description="From 1; those who have read as long share one.")
    name: str | None = Field(description="Null for those who gave none, and where it is not for everybody.")
    is_me: bool
    duration_ms: int
    sentence_count: int
