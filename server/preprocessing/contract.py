"""What goes over the queue, and what comes back: the messages that ask for a recording to be prepared, and the answers.

The names are the contract's; both sides of it are read and written here.
"""

import unicodedata
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError, model_validator

from server.webhooks.kinds import Transport

LONGEST_KEY = 2048
"""Bytes: an index of Postgres takes no more than 2,704, and S3 knows no key of half as many."""
LONGEST_URL = 2048
LONGEST_ID = 256
LONGEST_TEXT = 1000


class NotUnderstood(Exception):  # noqa: N818 - it says what happened
    """The message is none of the contract; it is left for the dead letters."""


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"}


def _storable(text: str) -> str:
    if any(map(_is_control, text)):
        raise ValueError("no control characters")
    return text


def _indexable(text: str) -> str:
    if len(text.encode()) > LONGEST_KEY:
        raise ValueError(f"at most {LONGEST_KEY:,} bytes")
    return text


def _plain(text: object) -> object:
    """Others' sentences are shown to people: on one line, and not without end."""
    if not isinstance(text, str):
        return text
    return "".join(" " if _is_control(char) else char for char in text[:LONGEST_TEXT])


Key = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_KEY, description="`s3://bucket/key`."),
    AfterValidator(_storable),
    AfterValidator(_indexable),
]
RequestId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST_ID,
        description="The asker's own name of the request; the same one is answered once.",
        examples=["01999f6e-3c1a-7c55-9f0e-2b7a4d1c8e10"],
    ),
    AfterValidator(_storable),
]


class Callback(BaseModel):
    """Where the answer goes: a URL that takes a POST, or that of an SQS queue."""

    url: Annotated[str, Field(min_length=1, max_length=LONGEST_URL), AfterValidator(_storable)]
    type: Transport


class Keys(BaseModel):
    """The three objects that a request is about."""

    s3_key_temp: Key = Field(examples=["s3://recordings/incoming/4711.webm"])
    s3_key_short: Key = Field(examples=["s3://recordings/prepared/4711/short.mp3"])
    s3_key_for_inference: Key = Field(examples=["s3://recordings/prepared/4711/inference.flac"])


class Message(Keys, hide_input_in_errors=True):  # an error's text goes to the log; a callback's secrets must not
    """A request: fetch the first object, and put its first ten seconds and what engines listen to at the other two.

    What else it says is passed over: others may have use for it.
    """

    request_id: RequestId | None = None
    callback_response: Callback | None = None


class Reason(BaseModel):
    """Why it failed: a stable word for programs, and a sentence for people."""

    code: Annotated[str, AfterValidator(_storable)] = Field(min_length=1, max_length=100, examples=["source_missing"])
    message: Annotated[str, BeforeValidator(_plain)] = Field(examples=["There is no object at s3_key_temp."])


class Answer(Keys):
    """What became of a request, as it goes to the callback; `duration_ms` is that of the whole sound."""

    request_id: RequestId | None
    status: Literal["completed", "failed"]
    duration_ms: int | None = Field(None, ge=0, le=2**53, examples=[184_320])
    error: Reason | None = None

    @model_validator(mode="after")
    def _failure_has_a_reason(self) -> Self:
        if (self.status == "failed") is not (self.error is not None):
            raise ValueError("a failed one has an error, a completed one has none")
        return self


def read(body: str) -> Message:
    """Read a message of the queue.

    Raises:
        NotUnderstood: it is no JSON, or not of this form.
    """
    try:
        return Message.model_validate_json(body)
    except ValidationError as error:
        raise NotUnderstood(str(error)) from error


def completed(message: Message, duration_ms: int) -> Answer:
    """Answer that it is done."""
    return _answer(message, status="completed", duration_ms=duration_ms)


def failed(message: Message, code: str, reason: str) -> Answer:
    """Answer that it can't be done, and why."""
    return _answer(message, status="failed", error=Reason(code=code, message=reason))


def _answer(message: Message, **outcome: object) -> Answer:
    return Answer.model_validate(message.model_dump(exclude={"callback_response"}) | outcome)
