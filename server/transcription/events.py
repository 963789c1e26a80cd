"""Amazon Transcribe's news of ended jobs, as EventBridge brings them.

Source: https://docs.aws.amazon.com/transcribe/latest/dg/monitoring-events.html
"""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field, ValidationError


class NotUnderstood(Exception):  # noqa: N818 - it says what happened
    """The message is no news of an ended job; it is left for the dead-letter queue."""


@dataclass(frozen=True, slots=True)
class EndedJob:
    """A job that has come to its end; the job itself tells the rest."""

    name: str
    status: Literal["COMPLETED", "FAILED"]


class _Detail(BaseModel):
    name: str = Field(alias="TranscriptionJobName", min_length=1)
    status: Literal["COMPLETED", "FAILED"] = Field(alias="TranscriptionJobStatus")


class _Event(BaseModel):
    source: Literal["aws.transcribe"]
    kind: Literal["Transcribe Job State Change"] = Field(alias="detail-type")
    detail: _Detail


def read(body: str) -> EndedJob:
    """Return the job that a message speaks of.

    Raises:
        NotUnderstood: the message speaks of something else.
    """
    try:
        detail = _Event.model_validate_json(body).detail
    except ValidationError as error:
        raise NotUnderstood(str(error)) from error
    return EndedJob(detail.name, detail.status)
