"""What there is to tell other programs, and how it reaches them."""

from enum import StrEnum


class Event(StrEnum):
    """What programs may wish to be told of; `ping` only tries whether they can be reached."""

    RESULT_COMPLETED = "result.completed"
    RESULT_FAILED = "result.failed"
    RECITAL_UPLOADED = "recital.uploaded"
    UPLOAD_REJECTED = "upload.rejected"
    PING = "ping"


class Transport(StrEnum):
    """How a message travels: in a POST, or through an SQS queue."""

    HTTP = "HTTP"
    SQS = "SQS"


class Proof(StrEnum):
    """How a receiver knows that a POST is ours: signed by its own secret or by its owner's, or by a key it was given.

    A queue's policy says who may send to it: what travels through one carries no proof.
    """

    ENDPOINT = "endpoint"
    CALLBACK = "callback"
    API_KEY = "api_key"


class DeliveryStatus(StrEnum):
    """How a delivery stands: `failed` when its attempts are used up, `given_up` when it was stopped before that."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    GIVEN_UP = "given_up"


class Disabled(StrEnum):
    """Why an endpoint is sent nothing: its owner wishes so, or it answered 410 Gone."""

    BY_OWNER = "by_owner"
    GONE = "gone"
