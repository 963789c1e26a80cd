"""Shares as they go over the wire."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from server.transcription.schemas import SegmentShown, WordShown

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=366)
SLACK = timedelta(seconds=5)
"""For the way here, so that who asks for the shortest time gets it."""


def _within_a_year(time: datetime) -> datetime:
    left = time - datetime.now(UTC)
    if not SHORTEST - SLACK <= left <= LONGEST:
        raise ValueError("a time to come, after a minute and within a year")
    return time


class ShareWish(BaseModel, extra="forbid"):
    """A share to be made."""

    with_sound: bool = Field(description="Whether the recording can be heard, too.")
    expires_at: Annotated[AwareDatetime, AfterValidator(_within_a_year)] | None = Field(
        None, description="Within a year; without, it holds until it is revoked.", examples=["2027-01-31T00:00:00Z"]
    )
    transcript_id: UUID | None = Field(
        None, description="One of the result's `transcripts`; by default whichever is the newest finished one."
    )


class ShareShown(BaseModel, from_attributes=True):
    """A share, without its secret."""

    id: UUID
    with_sound: bool
    transcript_id: UUID | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    opened: int = Field(description="How often the link was opened.")
    last_opened_at: datetime | None


class ShareMade(ShareShown):
    """A new share; its link is told this once."""

    url: str = Field(examples=["https://lectern.example.org/shared#…"])


class SharePage(BaseModel):
    """Some shares of a result, the newest first."""

    items: list[ShareShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


class ShareSecret(BaseModel, extra="forbid"):
    """What stands in the link of a share, behind the `#`."""

    secret: str = Field(min_length=1, max_length=100, examples=["cJ2kVn0mXw…"])


class SharedSound(BaseModel):
    """Where the recording can be fetched; the addresses are good for an hour, or until the share expires."""

    light: str = Field(description="The sound as AAC, which takes ranges.")
    peaks: str | None = Field(description="The peaks of its waveform as JSON, if they are there.")


class SharedResult(BaseModel):
    """What whoever has the link is shown. Times are milliseconds."""

    title: str
    duration_ms: int | None
    language: str | None
    text: str
    segments: list[SegmentShown]
    words: list[WordShown]
    sound: SharedSound | None = Field(
        description="Null when it isn't shared, or has expired: then it is made again, for whoever looks later."
    )
    expires_at: datetime | None
