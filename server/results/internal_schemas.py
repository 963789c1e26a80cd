"""What lies behind a result, as machines that look after the service are told."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from server.preprocessing.kinds import Status


class PreprocessingError(BaseModel):
    """Why another service could not prepare a recording."""

    code: str
    message: str


class PreprocessingShown(BaseModel):
    """The latest request to another service to prepare the recording, and what became of it."""

    request_id: UUID
    status: Status
    s3_key_short: str = Field(examples=["s3://lectern-processed/0199…/short.mp3"])
    s3_key_for_inference: str
    sent_at: datetime | None = Field(description="When its message was in the queue.")
    answered_at: datetime | None
    error: PreprocessingError | None


class Internal(BaseModel):
    """Where the objects of a result lie, as `s3://bucket/key`."""

    source: str
    renditions: dict[str, str] = Field(description="By their names.")
    preprocessing: PreprocessingShown | None
