"""A leave as it goes over the wire."""

from datetime import datetime

from pydantic import BaseModel, Field


class Leaving(BaseModel):
    """That a person is about to go."""

    leaves_at: datetime = Field(
        description="Until then, whoever signs in can take it back; then everything of theirs is deleted.",
        examples=["2026-12-05T12:00:00Z"],
    )
