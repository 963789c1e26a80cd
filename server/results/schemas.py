"""Results as they go over the wire."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from server.media.kinds import MediaKind, Origin, Pictures
from server.media.state import Status
from server.media.wishes import Language, SpeechWish
from server.results.internal_schemas import Internal
from server.transcription.schemas import SegmentShown, WordShown


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
    origin: Origin
    tags: list[str]
    flags: list[str] = Field(
        description="Why a person should look at it: `low_confidence`, and those of the recital that it was made of."
    )
    confidence: float | None = Field(
        description="How sure the engine was of a word on average, 0 to 1, in the newest finished transcript."
    )
    revision: int = Field(description="How often title, tags and notes were changed; a change names it as `If-Match`.")
    width: int | None = Field(description="Pixels as it is shown, upright; of pictures and videos.")
    height: int | None
    pictures: Pictures = Field(
        description="How far that has come which is to be seen of it. A video's text goes its own way, by `status`."
    )
    error: ResultError | None
    owner: Owner | None = Field(description="Told to those who see others' results, too; null to everybody else.")


class Piece(BaseModel):
    """A piece of a snippet."""

    text: str
    is_hit: bool = Field(description="Whether it is what was searched for.")


class HitShown(BaseModel):
    """A segment in which it was said, and when."""

    segment: int = Field(description="Its index.")
    start_ms: int = Field(description="When the first word begins that was searched for.")
    end_ms: int = Field(description="When the last one ends.")
    snippet: list[Piece] = Field(
        description="What was said around it; a phrase that runs over into the next segment is shown to its end.",
        examples=[[{"text": "they had ", "is_hit": False}, {"text": "leisure", "is_hit": True}]],
    )


class HitPage(BaseModel):
    """Some hits in one text, in the order of time."""

    items: list[HitShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


class ResultSummary(ResultFacts):
    """A result as lists show it."""

    engine: str | None = Field(description="Which engine heard the newest finished text.")
    title_snippet: list[Piece] | None = Field(
        None, description="The title, where what was searched for is in it; else null."
    )
    hits: list[HitShown] = Field([], description="Where it was said, up to three places; with `q`.")
    excerpt: str | None = Field(
        description="The beginning of the newest finished text, up to 160 characters; null while there is none.",
        examples=["The family of Dashwood had long been settled in Sussex. Their estate was large, and their …"],
    )


class ResultPage(BaseModel):
    """Some results, in the order that was asked for."""

    items: list[ResultSummary]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


class ResultCounts(BaseModel):
    """How many results there are of each sort, by the values that the filters of the same names take.

    Each group is counted as if its own filter were not set, and none beyond the newest 10,000.
    """

    total: int
    is_capped: bool = Field(description="Whether there are more than were counted.")
    status: dict[str, int] = Field(examples=[{"completed": 41, "failed": 1}])
    kind: dict[str, int]
    language: dict[str, int]
    engine: dict[str, int]
    origin: dict[str, int]
    tag: dict[str, int] = Field(description="The 50 commonest.")
    flag: dict[str, int]


class RenditionShown(BaseModel):
    """One form of the content."""

    name: str
    content_type: str
    size: int
    url: str


class RenditionAwaited(BaseModel):
    """A form that isn't there, but is being made; the event `renditions` tells when it is ready."""

    name: str
    status: Literal["under_way"] = "under_way"


class TranscriptShown(BaseModel):
    """One of a result's transcripts: under way while it has neither an end nor an error."""

    id: UUID
    engine: str
    model: str
    language: str | None
    created_at: datetime
    finished_at: datetime | None
    version: int = Field(description="How often it has been corrected; 0: as the engine heard it.")
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
    version: int | None = Field(description="That of the transcript that is shown; corrections name it as `If-Match`.")
    notes: str
    pictures_error: ResultError | None = Field(description="Why there is nothing to be seen, and what to do.")
    text: str
    segments: list[SegmentShown]
    words: list[WordShown]
    renditions: list[RenditionShown]
    internal: Internal | None = Field(
        None, description="Told to machines with the scope `admin`; null to everybody else."
    )
