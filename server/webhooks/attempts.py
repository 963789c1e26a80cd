"""Attempts at deliveries: what one needs to be made, and what follows from how it went."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from server.auth.sealing import Seal
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork
from server.webhooks import endpoints
from server.webhooks.deliveries import NOBODY
from server.webhooks.kinds import DeliveryStatus, Proof, Transport
from server.webhooks.models import Delivery, DeliveryAttempt, WebhookEndpoint

JITTER = 0.1
LONGEST_PAUSE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message as it is handed over; `secrets` sign it, where it is to be signed."""

    delivery_id: UUID
    webhook_id: str
    url: str
    transport: Transport
    proof: Proof
    payload: dict[str, Any]
    endpoint_id: UUID | None
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a message: with no `error`, it was delivered.

    Attributes:
        status_code: what the receiver answered, if it did.
        is_gone: the receiver wants no more.
        not_before: for how long it wants to be left alone, if it says so.
    """

    status_code: int | None = None
    error: str | None = None
    is_gone: bool = False
    not_before: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Attempt:
    """That a message was handed over, or was to be."""

    at: datetime
    took_ms: int
    answer: Answer


async def pick_up(work: UnitOfWork, seal: Seal, delivery_id: UUID) -> Parcel | None:
    """Return what is to be handed over; None when nothing is, any more.

    Raises:
        cryptography.fernet.InvalidToken: what it is to be signed by was sealed by a key that is none of ours any more.
    """
    delivery = await _for_change(work, delivery_id)
    if delivery is None or delivery.status is not DeliveryStatus.PENDING:
        return None
    url, secrets = delivery.url, tuple[str, ...]()
    if delivery.endpoint_id is not None:
        endpoint = await work.session.get_one(WebhookEndpoint, delivery.endpoint_id)
        if endpoint.disabled is not None:  # at the very moment in which this was added
            delivery.end(DeliveryStatus.GIVEN_UP)
            return None
        url, secrets = endpoint.url, endpoints.signing_secrets(seal, endpoint)
    elif delivery.proof is Proof.CALLBACK and delivery.owner_id is not None:
        secrets = (await endpoints.callback_secret(work, seal, delivery.owner_id),)
    return Parcel(
        delivery_id=delivery.id,
        webhook_id=delivery.webhook_id,
        url=url,
        transport=delivery.transport,
        proof=delivery.proof,
        payload=delivery.payload,
        endpoint_id=delivery.endpoint_id,
        secrets=secrets,
    )


async def note(work: UnitOfWork, delivery_id: UUID, attempt: Attempt, pauses: Sequence[int], url: str | None) -> None:
    """Write down how an attempt went, and add the next one if it is to be tried again.

    Args:
        work: the transaction that ends the attempt's task.
        delivery_id: what was to be delivered.
        attempt: how it went.
        pauses: seconds before each attempt but the first.
        url: where it was sent, if it was.
    """
    delivery = await work.session.get(Delivery, delivery_id)
    if delivery is not None and delivery.endpoint_id is not None and url is not None and attempt.answer.is_gone:
        await endpoints.disable_gone(work, delivery.endpoint_id, url)  # endpoints are locked before their deliveries
    delivery = await _for_change(work, delivery_id)
    if delivery is None:
        return
    _write(work, delivery, attempt)
    delivery.url = url or delivery.url
    if attempt.answer.error is None:
        delivery.end(DeliveryStatus.DELIVERED)
    elif delivery.status is DeliveryStatus.PENDING:
        await _follow_failure(work, delivery, attempt.answer, pauses)


async def fail(work: UnitOfWork, delivery_id: UUID, why: str) -> None:
    """Write down that a delivery was given up by us, because attempts at it came to no end."""
    delivery = await _for_change(work, delivery_id)
    if delivery is not None and delivery.status is DeliveryStatus.PENDING:
        _write(work, delivery, Attempt(datetime.now(UTC), 0, Answer(error=why)))
        delivery.end(DeliveryStatus.FAILED)


def _write(work: UnitOfWork, delivery: Delivery, attempt: Attempt) -> None:
    delivery.attempt_count += 1
    row = DeliveryAttempt(
        delivery_id=delivery.id,
        number=delivery.attempt_count,
        at=attempt.at,
        status_code=attempt.answer.status_code,
        error=attempt.answer.error,
        took_ms=attempt.took_ms,
    )
    work.session.add(row)


async def _follow_failure(work: UnitOfWork, delivery: Delivery, answer: Answer, pauses: Sequence[int]) -> None:
    delivery.failures += 1
    if answer.is_gone and delivery.endpoint_id is None:
        delivery.end(DeliveryStatus.GIVEN_UP)
        return
    if delivery.failures > len(pauses):
        delivery.end(DeliveryStatus.FAILED)
        return
    pause = next_pause(timedelta(seconds=pauses[delivery.failures - 1]), answer.not_before)
    delivery.next_at = datetime.now(UTC) + pause
    owner_id = delivery.owner_id or NOBODY
    await tasks.add(work, Kind.DELIVER, delivery.id, owner_id=owner_id, queue=Queue.SENDING, delay=pause)


def next_pause(planned: timedelta, asked: timedelta) -> timedelta:
    """Return after how long to try again: as planned, with jitter, or when the receiver wants it, in a day at most."""
    jittered = planned * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - jitter is no secret
    return max(jittered, min(asked, LONGEST_PAUSE))


async def _for_change(work: UnitOfWork, delivery_id: UUID) -> Delivery | None:
    return await work.session.get(Delivery, delivery_id, with_for_update=True, populate_existing=True)
