"""Endpoints and deliveries as they go over the wire."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from server.users.schemas import one_line
from server.webhooks.kinds import DeliveryStatus, Disabled, Event, Transport

if TYPE_CHECKING:  # not at run time: clients read these schemas too, without a database
    from server.webhooks.models import Delivery, DeliveryAttempt, WebhookEndpoint

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - the example of the specification
LONGEST_URL = 2_048

Subscribed = Literal[Event.RESULT_COMPLETED, Event.RESULT_FAILED, Event.RECITAL_UPLOADED, Event.UPLOAD_REJECTED]
Address = Annotated[str, Field(min_length=1, max_length=LONGEST_URL), AfterValidator(one_line)]
Description = Annotated[str, Field(max_length=300), AfterValidator(one_line)]
Events = Annotated[list[Subscribed], Field(min_length=1, max_length=20), AfterValidator(lambda told: sorted(set(told)))]


class CallbackWish(BaseModel, extra="forbid"):
    """Where to tell what has become of an upload."""

    url: Address = Field(
        description="`HTTP`: where to POST, by https. `SQS`: the URL of a queue that this service may send to.",
        examples=["https://example.com/lectern"],
    )
    type: Transport = Field(Transport.HTTP, description="How it is told.")


class EndpointWish(BaseModel, extra="forbid"):
    """Where a program wishes to be told of events, and of which."""

    url: Address = Field(description="Where to POST, by https.", examples=["https://example.com/lectern"])
    events: Events = Field(examples=[["result.completed", "result.failed"]])
    description: Description = Field("", examples=["The archive"])


class EndpointChange(BaseModel, extra="forbid"):
    """What is to be different; what is left out stays."""

    url: Address | None = Field(None, examples=["https://example.com/lectern"])
    events: Events | None = Field(None, examples=[["result.completed"]])
    description: Description | None = Field(None, examples=["The archive"])
    is_enabled: bool | None = Field(
        None, description="false: nothing is sent, and what waits is given up. true: what happens from now on is sent."
    )


class EndpointShown(BaseModel):
    """An endpoint, without its secret."""

    id: UUID
    url: str
    events: list[Subscribed]
    description: str
    is_enabled: bool
    disabled: Disabled | None = Field(description="Why it is not enabled: `gone` is said of one that answered 410.")
    former_secret_until: datetime | None = Field(description="Until when the secret before this one signs, too.")
    created_at: datetime

    @classmethod
    def of(cls, endpoint: "WebhookEndpoint") -> Self:
        """Show an endpoint."""
        return cls.model_validate(_endpoint(endpoint))


class EndpointMade(EndpointShown):
    """A new endpoint; its secret is told this once."""

    secret: str = Field(description="What messages are signed by, as Standard Webhooks has it.", examples=[SECRET])

    @classmethod
    def with_secret(cls, endpoint: "WebhookEndpoint", secret: str) -> Self:
        """Show an endpoint and its secret."""
        return cls.model_validate(_endpoint(endpoint) | {"secret": secret})


class Endpoints(BaseModel):
    """A caller's endpoints, the newest first."""

    items: list[EndpointShown]


class SigningSecret(BaseModel):
    """What messages are signed by, as Standard Webhooks has it."""

    secret: str = Field(examples=[SECRET])


class RotatedSecret(SigningSecret):
    """A new secret, told this once."""

    former_secret_until: datetime | None = Field(description="Until when messages are signed by the former one, too.")


class DeliveryShown(BaseModel):
    """How the delivery of one message stands."""

    id: UUID
    webhook_id: str = Field(description="The header `webhook-id` of every attempt.", examples=["msg_0199f0c2a1b7"])
    endpoint_id: UUID | None = Field(description="The endpoint that it is for; null for an upload's callback.")
    url: str
    type: Transport
    event: str = Field(examples=["result.completed"])
    subject_id: UUID | None = Field(description="The result, recital or upload that it tells of.")
    status: DeliveryStatus = Field(
        description="`failed`: its attempts are used up. `given_up`: stopped before that, its receiver being disabled."
    )
    attempt_count: int
    next_at: datetime | None = Field(description="When it is tried next, while it is pending.")
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, delivery: "Delivery") -> Self:
        """Show a delivery."""
        return cls.model_validate(_delivery(delivery))


class AttemptShown(BaseModel, from_attributes=True):
    """One attempt at a delivery."""

    number: int
    at: datetime
    status_code: int | None = Field(description="What the receiver answered; null when it didn't.", examples=[500])
    error: str | None = Field(description="Why it does not count as delivered.", examples=["It answered 500."])
    took_ms: int


class DeliveryDetails(DeliveryShown):
    """A delivery, what it tells, and every attempt at it."""

    payload: dict[str, Any] = Field(description="The body of each attempt.")
    attempts: list[AttemptShown] = Field(description="In the order in which they were made.")

    @classmethod
    def with_attempts(
        cls, delivery: "Delivery", payload: dict[str, Any], attempts: "Sequence[DeliveryAttempt]"
    ) -> Self:
        """Show a delivery with all there is to know of it."""
        shown = [AttemptShown.model_validate(attempt) for attempt in attempts]
        return cls.model_validate(_delivery(delivery) | {"payload": payload, "attempts": shown})


class DeliveryPage(BaseModel):
    """Some of a caller's deliveries, newest first."""

    items: list[DeliveryShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


def _endpoint(endpoint: "WebhookEndpoint") -> dict[str, object]:
    names = ("id", "url", "events", "description", "disabled", "created_at")
    until = endpoint.former_until
    return {name: getattr(endpoint, name) for name in names} | {
        "is_enabled": endpoint.disabled is None,
        "former_secret_until": until if until and until > datetime.now(UTC) else None,
    }


def _delivery(delivery: "Delivery") -> dict[str, object]:
    names = (
        "id",
        "webhook_id",
        "endpoint_id",
        "url",
        "event",
        "subject_id",
        "status",
        "attempt_count",
        "next_at",
        "created_at",
        "ended_at",
    )
    return {name: getattr(delivery, name) for name in names} | {"type": delivery.transport}
