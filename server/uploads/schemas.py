"""Upload sessions as they go over the wire."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from server.media.kinds import MediaKind
from server.media.wishes import Language, SpeechWish
from server.uploads.state import Method, UploadStatus
from server.users.schemas import one_line
from server.webhooks.schemas import CallbackWish

if TYPE_CHECKING:
    from server.uploads.models import Upload  # not at run time: clients read these schemas too, without a database

LONGEST_NAME = 255
MOST_PARTS = 10_000
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html"""


def _file_name(name: str) -> str:
    if re.search(r"[/\\]", name) or name in {".", ".."}:
        raise ValueError("a file name, not a path: leave out folders and slashes")
    return one_line(name)


def _bare_type(value: object) -> object:
    """`audio/webm;codecs=opus` is `audio/webm`: parameters don't decide what is taken."""
    return value.partition(";")[0].strip().lower() if isinstance(value, str) else value


FileName = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_file_name)]
Line = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(one_line)]


class UploadWish(BaseModel, extra="forbid"):
    """What a client would like to send."""

    filename: FileName = Field(examples=["interview.wav"])
    content_type: Annotated[str, BeforeValidator(_bare_type)] = Field(max_length=100, examples=["audio/wav"])
    size: int = Field(gt=0, le=2**53, description="In bytes, exactly.", examples=[227244])
    title: Line | None = Field(None, description="By default the file name.")
    language: Language | None = None
    transcription: SpeechWish = Field(default_factory=SpeechWish, description="How it is to be transcribed.")
    sha256: str | None = Field(
        None, pattern=r"^[0-9a-f]{64}$", description="In hex; when given, the bytes are held against it."
    )
    callback: CallbackWish | None = Field(None, description="Where to tell what has become of it, once that is known.")


class UploadError(BaseModel):
    """Why an upload was rejected, and what to do."""

    code: str
    message: str


class UploadState(BaseModel):
    """How an upload stands."""

    id: UUID
    status: UploadStatus
    kind: MediaKind
    filename: str
    content_type: str
    size: int
    title: str
    language: str | None
    created_at: datetime
    expires_at: datetime
    result_id: UUID | None = Field(description="The result that the upload became, once its bytes were accepted.")
    error: UploadError | None

    @classmethod
    def of(cls, upload: "Upload") -> "UploadState":
        """Show an upload."""
        return cls.model_validate(_shown(upload))


class Ticket(BaseModel):
    """Where to send the bytes, and how."""

    method: Method
    url: str = Field(
        description="`post`: send one multipart/form-data form here, `fields` first, the file last as `file`. "
        "`multipart`: ask here for the addresses of parts, PUT each, then complete."
    )
    fields: dict[str, str] | None = Field(None, description="`post` only: the form's fields.")
    headers: dict[str, str] | None = Field(None, description="`multipart` only: headers of each PUT.")
    part_size: int | None = Field(None, description="`multipart` only: bytes of every part but the last.")


class UploadSession(UploadState, Ticket):
    """An upload that has begun, with where to send the bytes."""

    @classmethod
    def begun(cls, upload: "Upload", ticket: Ticket) -> "UploadSession":
        """Show an upload with its ticket."""
        return cls.model_validate(_shown(upload) | ticket.model_dump())


class PartsWish(BaseModel):
    """Which parts are to be sent next."""

    part_numbers: list[Annotated[int, Field(ge=1, le=MOST_PARTS)]] = Field(min_length=1, max_length=1_000)


class SignedPart(BaseModel):
    """Where to PUT one part."""

    part_number: int
    url: str


class SignedParts(BaseModel):
    """Where to PUT parts, and until when."""

    parts: list[SignedPart]
    expires_at: datetime


class StoredPart(BaseModel):
    """A part that has arrived."""

    part_number: int
    size: int
    etag: str


class StoredParts(BaseModel):
    """The parts that have arrived."""

    parts: list[StoredPart]
    part_size: int


def _shown(upload: "Upload") -> dict[str, object]:
    error = {"code": upload.error_code, "message": upload.error_message} if upload.error_code else None
    names = (
        "id",
        "status",
        "kind",
        "filename",
        "content_type",
        "size",
        "title",
        "language",
        "created_at",
        "expires_at",
    )
    return {name: getattr(upload, name) for name in names} | {"result_id": upload.media_id, "error": error}
