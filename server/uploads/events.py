"""S3's news of new objects.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

import json
from urllib.parse import unquote_plus

from pydantic import BaseModel, Field, ValidationError

from server.aws.store import Address

MAJOR_VERSION = "2"


class NotUnderstood(Exception):  # noqa: N818 - it says what happened
    """The message is none that S3 sends; it is left for the dead-letter queue."""


class _Bucket(BaseModel):
    name: str


class _Object(BaseModel):
    key: str


class _S3(BaseModel):
    bucket: _Bucket
    object: _Object


class _Record(BaseModel):
    event_version: str = Field(alias="eventVersion")
    event_name: str = Field(alias="eventName")
    s3: _S3


class _Message(BaseModel):
    records: list[_Record] | None = Field(None, alias="Records")
    event: str | None = Field(None, alias="Event")


def read(body: str) -> list[Address]:
    """Return the objects that a message speaks of as created.

    The test message that S3 sends when notifications are set up speaks of none. Keys come
    form-encoded, a space as `+`.

    Raises:
        NotUnderstood: the message is none of S3's.
    """
    try:
        message = _Message.model_validate(json.loads(body))
    except (ValidationError, ValueError) as error:
        raise NotUnderstood(str(error)) from error
    if message.records is None:
        if message.event == "s3:TestEvent":
            return []
        raise NotUnderstood("neither records nor a test event")
    if any(record.event_version.partition(".")[0] != MAJOR_VERSION for record in message.records):
        raise NotUnderstood("an event version that is not known here")
    return [
        Address(record.s3.bucket.name, unquote_plus(record.s3.object.key))
        for record in message.records
        if record.event_name.startswith("ObjectCreated:")
    ]
