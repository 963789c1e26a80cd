"""Results as they go over the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from server.media.kinds import MediaKind
from server.media.state import Status
from server.media.wishes import Language, SpeechWish


class ResultError(BaseModel):
    """Why a result failed, and what to do."""

    code: str
    message: str


class Owner(BaseModel):
    """Whose a result is."""

    id: UUID
    email: str | None
    name: str | None


class ResultFacts(BaseModel):
    """What there is to know of a result besides its text. Times are milliseconds, sizes bytes."""

    id: UUID
    title: str
    kind: MediaKind
    status: Status
    progress: float = Field(description="The finished share, 0 to 1, of the stage that `status` names.")
    heard_ms: int = Field(description="How much of the sound has been transcribed.")
    duration_ms: int | None
    language: str | None
    content_type: str
    size: int
    created_at: datetime
    error: ResultError | None
    owner: Owner | None = Field(description="Told to those who see others' results, too; null to everybody else.")


class ResultSummary(ResultFacts):
    """A result as lists show it."""

    excerpt: str | None = Field(
        description="The beginning of the newest finished text, up to 160 characters; null while there is none.",
        examples=["The family of Dashwood had long been settled in Sussex. Their estate was large, and their …"],
    )


class ResultPage(BaseModel):
    """Some results, newest first."""

    items: list[ResultSummary]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


class SegmentShown(BaseModel):
    """A stretch of speech."""

    index: int
    start_ms: int
    end_ms: int
    text: str
    speaker: str | None
    confidence: float | None


class WordShown(BaseModel):
    """A word and when it was spoken."""

    segment: int = Field(description="The index of its segment.")
    start_ms: int
    end_ms: int
    text: str
    confidence: float


class RenditionShown(BaseModel):
    """One form of the content."""

    name: str
    content_type: str
    size: int
    url: str


class TranscriptShown(BaseModel):
    """One of a result's transcripts: under way while it has neither an end nor an error."""

    id: UUID
    engine: str
    model: str
    language: str | None
    created_at: datetime
    finished_at: datetime | None
    error: ResultError | None


class TranscribeWish(SpeechWish):
    """How a result is to be transcribed once more; what is left out, the service decides."""

    language: Language | None = None


class Result(ResultFacts):
    """A result with its text so far; segments come while it is still being transcribed."""

    transcript_id: UUID | None = Field(description="Which of `transcripts` is shown; by default the newest good one.")
    transcripts: list[TranscriptShown] = Field(description="Newest first.")
    engine: str | None
    model: str | None
    text: str
    segments: list[SegmentShown]
    words: list[WordShown]
    renditions: list[RenditionShown]
