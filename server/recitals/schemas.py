"""Recitals as they go over the wire."""

import unicodedata
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from server.recitals.measures import Flag, Measures
from server.recitals.state import RecitalStatus

MOST_SLICES = 100_000
MOST_SEGMENTS = 20_000
LONGEST_SECONDS = 7 * 24 * 3600
LONGEST_TEXT = 2_000


def _readable(text: str) -> str:
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" for char in text):
        raise ValueError("text without control characters")
    if not text.strip():
        raise ValueError("text that can be read aloud")
    return unicodedata.normalize("NFC", text)


class RecitalWish(BaseModel, extra="forbid"):
    """What somebody would like to read aloud."""

    document_id: UUID


class TextSegmentWish(BaseModel, extra="forbid"):
    """A stretch that was read, and its text."""

    index: int = Field(ge=0, lt=MOST_SEGMENTS, description="Counts from 0, in the order of reading.", examples=[0])
    seek_end: float = Field(
        ge=0,
        le=LONGEST_SECONDS,
        allow_inf_nan=False,
        description="Where it ends in the sound as recorded, in seconds; it begins where the one before it ends.",
        examples=[3.24],
    )
    text: Annotated[str, AfterValidator(_readable)] = Field(
        min_length=1, max_length=LONGEST_TEXT, examples=["It was a bright morning."]
    )
    does_not_count: bool = Field(
        False,  # noqa: FBT003 - pydantic's default
        description="It was read anew by the one after it. Once this was said of a segment, it stays so.",
    )

    @property
    def end_ms(self) -> int:
        """Where it ends, in whole milliseconds."""
        return round(self.seek_end * 1000)


class EndWish(BaseModel, extra="forbid"):
    """How a recital ends."""

    last_sequence: int | None = Field(
        ge=-1, lt=MOST_SLICES, description="The number of its last slice; null or -1 if it has none.", examples=[11]
    )
    discard_last_n_text_segments: int = Field(
        0, ge=0, le=MOST_SEGMENTS, description="So many of the last text segments don't count."
    )


class RecitalError(BaseModel):
    """Why nothing came of a recital, or nothing yet."""

    code: str
    message: str


class RecitalOwner(BaseModel):
    """Who has read."""

    id: UUID
    name: str | None
    email: str | None


class RecitalSummary(BaseModel):
    """A recital as lists show it."""

    id: UUID
    document_id: UUID | None = Field(description="Null once the document is gone.")
    title: str
    language: str
    status: RecitalStatus
    duration_ms: int | None
    gaps: list[dict[str, int]] = Field(
        description="`{sequence}` of slices that never came, `{start_ms, end_ms}` of time without sound."
    )
    flags: list[Flag] = Field(description="What of its quality asks for a person's judgement.")
    needs_review: bool = Field(description="Whether there are flags.")
    quality: Measures | None = Field(description="What was measured; null until it is assessed.")
    error: RecitalError | None
    result_id: UUID | None = Field(description="The result that was made of it.")
    created_at: datetime
    ended_at: datetime | None
    owner: RecitalOwner | None = Field(description="For admins.")


class RecitalPage(BaseModel):
    """Some recitals, newest first."""

    items: list[RecitalSummary]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


class RecitalShown(RecitalSummary):
    """A recital with what has come of it."""

    last_sequence: int | None = Field(description="Null until its end is asked for; -1 when it has no slice.")
    slice_count: int
    missing_sequences: list[int] = Field(
        description="Numbers up to the last, or up to the highest that came, of which no slice has come; the first "
        "1,000 of them."
    )
    missing_count: int


class RecitalSegment(BaseModel):
    """A stretch that was read, and what was measured of it."""

    index: int
    start_ms: int
    end_ms: int
    text: str
    does_not_count: bool
    kept: bool = Field(description="Whether it counts, and was not discarded at the end.")
    quality: Measures | None
    flags: list[Flag]


class RecitalDetail(RecitalShown):
    """A recital with its text segments."""

    segments: list[RecitalSegment]


class CueShown(BaseModel):
    """A text and when it was read."""

    start_ms: int
    end_ms: int
    text: str


class Preview(BaseModel):
    """What it takes to listen to a recital with its text."""

    sound_url: str = Field(description="Good until `expires_at`; takes ranges.")
    expires_at: datetime
    content_type: str
    duration_ms: int
    cues: list[CueShown]
