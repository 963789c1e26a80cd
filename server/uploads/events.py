"""News of new objects, in each form in which it comes.

Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html and, by EventBridge,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import unquote_plus

from pydantic import AfterValidator, BaseModel, Discriminator, Field, Json, Tag, TypeAdapter, ValidationError

from server.aws.store import Address


class NotUnderstood(Exception):  # noqa: N818 - it says what happened
    """The message is none that S3 sends; it is left for the dead-letter queue."""


def _storable(name: str) -> str:
    if "\0" in name:
        raise ValueError("no NUL: it can't be in a name that we gave")
    return name


Name = Annotated[str, Field(min_length=1, max_length=1024), AfterValidator(_storable)]
"""A bucket or key, as it is."""
FormEncoded = Annotated[str, Field(min_length=1), AfterValidator(unquote_plus), AfterValidator(_storable)]
"""A key as S3 writes it into its own events, a space as `+`."""


class Bucket(BaseModel):
    """Where an object is."""

    name: Name


class EncodedObject(BaseModel):
    """What the object is called, form-encoded."""

    key: FormEncoded


class Stored(BaseModel):
    """The part of a record that speaks of the object."""

    bucket: Bucket
    object: EncodedObject


class Record(BaseModel):
    """One thing that happened."""

    version: str = Field(alias="eventVersion", pattern=r"^2(\.|$)", examples=["2.1"])
    name: str = Field(alias="eventName", examples=["ObjectCreated:Put"])
    s3: Stored


class S3Event(BaseModel):
    """What S3 says itself."""

    records: list[Record] = Field(alias="Records")

    def created(self) -> list[Address]:
        """Return the objects that are new."""
        return [
            Address(record.s3.bucket.name, record.s3.object.key)
            for record in self.records
            if record.name.startswith("ObjectCreated:")
        ]


class S3TestEvent(BaseModel):
    """What S3 says when it is told to say something from now on."""

    event: Literal["s3:TestEvent"] = Field(alias="Event")

    def created(self) -> list[Address]:
        """Return the objects that are new: none."""
        return []


class PlainObject(BaseModel):
    """What the object is called, as it is."""

    key: Name


class BridgedDetail(BaseModel):
    """The part of EventBridge's form that speaks of the object."""

    bucket: Bucket
    object: PlainObject


class BridgedEvent(BaseModel):
    """What EventBridge says of S3."""

    source: Literal["aws.s3"]
    detail_type: str = Field(alias="detail-type", examples=["Object Created"])
    detail: BridgedDetail

    def created(self) -> list[Address]:
        """Return the object, if it is new."""
        is_new = self.detail_type == "Object Created"
        return [Address(self.detail.bucket.name, self.detail.object.key)] * is_new


def _form(event: Any) -> str:  # noqa: ANN401 - whatever came
    if not isinstance(event, Mapping):
        return "s3"
    return "bridged" if "detail-type" in event else "test" if "Event" in event else "s3"


Event = Annotated[
    Annotated[S3Event, Tag("s3")] | Annotated[S3TestEvent, Tag("test")] | Annotated[BridgedEvent, Tag("bridged")],
    Discriminator(_form),
]
QUEUED: TypeAdapter[S3Event | S3TestEvent | BridgedEvent] = TypeAdapter(Event)


class QueuedEvent(BaseModel):
    """A message of a queue, as a Lambda function gets it."""

    body: Json[Event]


class QueuedEvents(BaseModel):
    """Messages of a queue: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html."""

    records: list[QueuedEvent] = Field(alias="Records")

    def created(self) -> list[Address]:
        """Return the objects that are new."""
        return [address for record in self.records for address in record.body.created()]


class NewObject(BaseModel, extra="forbid"):
    """One object, named by somebody else than AWS."""

    bucket: Name = Field(examples=["lectern-raw"])
    key: Name

    def created(self) -> list[Address]:
        """Return it."""
        return [Address(self.bucket, self.key)]


def _told_form(event: Any) -> str:  # noqa: ANN401 - whatever came
    if isinstance(event, Mapping) and not event.keys() & {"Records", "Event", "detail-type"}:
        return "object"
    match event:
        case {"Records": [{"body": _}, *_]}:
            return "queued"
    return _form(event)


Told = Annotated[
    Annotated[S3Event, Tag("s3")]
    | Annotated[S3TestEvent, Tag("test")]
    | Annotated[BridgedEvent, Tag("bridged")]
    | Annotated[QueuedEvents, Tag("queued")]
    | Annotated[NewObject, Tag("object")],
    Discriminator(_told_form),
]
"""Everything that our webhook understands."""


def read(body: str) -> list[Address]:
    """Return the objects that a message of the queue speaks of as created.

    The test message that S3 sends when notifications are set up speaks of none.

    Raises:
        NotUnderstood: the message is none of S3's.
    """
    try:
        return QUEUED.validate_json(body).created()
    except ValidationError as error:
        raise NotUnderstood(str(error)) from error
