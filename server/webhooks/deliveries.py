"""Having messages delivered: each is a row, and each attempt at it a task."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from server.auth.principal import Principal
from server.db.cursors import newest_first, next_cursor
from server.problems import NotFound
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork
from server.webhooks import events
from server.webhooks.kinds import DeliveryStatus, Event, Proof, Transport
from server.webhooks.models import Delivery, DeliveryAttempt, WebhookEndpoint
from server.webhooks.problems import EndpointDisabled
from server.webhooks.schemas import DeliveryDetails, DeliveryPage, DeliveryShown

NOBODY = UUID(int=0)
"""In whose name tasks are done that nobody owns."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes; that it may go there was checked when it was asked for, and is again when it is sent."""

    url: str
    transport: Transport
    proof: Proof
    endpoint_id: UUID | None = None

    @classmethod
    def of(cls, endpoint: WebhookEndpoint) -> "Target":
        """Return an endpoint as a target."""
        return cls(endpoint.url, Transport.HTTP, Proof.ENDPOINT, endpoint.id)


@dataclass(frozen=True, slots=True)
class Message:
    """What is told; `payload` is JSON, of 200 kB at the most, and the body of each attempt."""

    event: str
    payload: Mapping[str, Any]
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """Which deliveries are listed; None leaves all."""

    endpoint_id: UUID | None = None
    status: DeliveryStatus | None = None


async def send(
    work: UnitOfWork, target: Target, message: Message, *, owner_id: UUID | None, dedupe: str
) -> UUID | None:
    """Have a message delivered once this is committed.

    Args:
        work: the transaction in which that became true which is told.
        target: where it goes.
        message: what is told.
        owner_id: who may see the delivery and have it repeated; None where nobody may.
        dedupe: names what is told and to whom, in 200 characters at the most; what is known already is not sent again.

    Returns:
        The delivery's id, or None when there is one of that name.
    """
    values = {
        "id": uuid7(),
        "owner_id": owner_id,
        "endpoint_id": target.endpoint_id,
        "url": target.url,
        "transport": target.transport,
        "proof": target.proof,
        "event": message.event,
        "subject_id": message.subject_id,
        "payload": dict(message.payload),
        "dedupe": dedupe,
        "status": DeliveryStatus.PENDING,
        "next_at": datetime.now(UTC),
    }
    added = insert(Delivery).values(values).on_conflict_do_nothing(index_elements=["dedupe"]).returning(Delivery.id)
    delivery_id = (await work.session.execute(added)).scalar_one_or_none()
    if delivery_id is not None:
        await _begin(work, delivery_id, owner_id)
    return delivery_id


async def ping(work: UnitOfWork, endpoint: WebhookEndpoint) -> Delivery:
    """Send an endpoint a message that only tries it; return the one that is on its way, if one is.

    Args:
        work: the transaction.
        endpoint: one of the caller's, locked, so that of two who try it at once the second finds the first's.

    Raises:
        EndpointDisabled: it is sent nothing.
    """
    if endpoint.disabled is not None:
        raise EndpointDisabled
    under_way = select(Delivery).where(
        Delivery.owner_id == endpoint.owner_id,  # by its index: few of an owner's are pending
        Delivery.endpoint_id == endpoint.id,
        Delivery.event == Event.PING,
        Delivery.status == DeliveryStatus.PENDING,
    )
    found = (await work.session.execute(under_way.limit(1))).scalar_one_or_none()
    if found is not None:
        return found
    message = Message(Event.PING, events.payload(Event.PING, endpoint_id=str(endpoint.id)))
    dedupe = f"ping:{endpoint.id}:{uuid7()}"
    delivery_id = await send(work, Target.of(endpoint), message, owner_id=endpoint.owner_id, dedupe=dedupe)
    return await work.session.get_one(Delivery, delivery_id)


async def page(work: UnitOfWork, caller: Principal, sought: Sought, limit: int, cursor: str | None) -> DeliveryPage:
    """Return `limit` of the caller's deliveries, newest first, after the cursor.

    Raises:
        BadCursor: the cursor is none that we gave.
    """
    query = select(Delivery).where(Delivery.owner_id == caller.user_id)
    if sought.endpoint_id is not None:
        query = query.where(Delivery.endpoint_id == sought.endpoint_id)
    if sought.status is not None:
        query = query.where(Delivery.status == sought.status)
    found = (await work.session.execute(newest_first(query, Delivery.id, limit, cursor))).scalars().all()
    return DeliveryPage(items=[DeliveryShown.of(row) for row in found[:limit]], next_cursor=next_cursor(found, limit))


async def details(work: UnitOfWork, caller: Principal, delivery_id: UUID, public_url: str) -> DeliveryDetails:
    """Show a delivery of the caller's with every attempt at it; admins, too, see only their own.

    Raises:
        NotFound: there is none, or it is another's.
    """
    delivery = await _own(work, caller, delivery_id)
    tried = select(DeliveryAttempt).where(DeliveryAttempt.delivery_id == delivery_id).order_by(DeliveryAttempt.number)
    attempts = (await work.session.execute(tried)).scalars().all()
    return DeliveryDetails.with_attempts(delivery, events.whole(delivery.payload, public_url), attempts)


async def repeat(work: UnitOfWork, caller: Principal, delivery_id: UUID) -> Delivery:
    """Send a message once more, with as many attempts as a new one has; what waits for its next one is tried now.

    Raises:
        NotFound: there is none, or it is another's.
        EndpointDisabled: its endpoint is sent nothing.
    """
    delivery = await _own(work, caller, delivery_id)
    # Before the delivery is locked: tasks come first, as in the runner. One that is being done just now is this one.
    await _begin(work, delivery.id, delivery.owner_id)
    delivery = await _own(work, caller, delivery_id, for_change=True)  # it may be gone by now, with its endpoint
    if delivery.endpoint_id is not None:
        endpoint = await work.session.get_one(WebhookEndpoint, delivery.endpoint_id)
        if endpoint.disabled is not None:
            raise EndpointDisabled
    delivery.status, delivery.failures = DeliveryStatus.PENDING, 0
    delivery.next_at, delivery.ended_at = datetime.now(UTC), None
    await work.session.flush()
    return delivery


async def forget_about(work: UnitOfWork, subject_id: UUID) -> None:
    """Remove what was told of something that is no more, or was to be."""
    await work.session.execute(delete(Delivery).where(Delivery.subject_id == subject_id))


async def forget_ended(work: UnitOfWork, age: timedelta) -> None:
    """Remove deliveries that ended that long ago, and the attempts at them."""
    await work.session.execute(delete(Delivery).where(Delivery.ended_at < func.now() - age))


async def _begin(work: UnitOfWork, delivery_id: UUID, owner_id: UUID | None) -> None:
    """Have an attempt made now; where one is waited with, it is hastened."""
    await tasks.have_done(work, Kind.DELIVER, delivery_id, owner_id=owner_id or NOBODY, queue=Queue.SENDING)


async def _own(work: UnitOfWork, caller: Principal, delivery_id: UUID, *, for_change: bool = False) -> Delivery:
    query = select(Delivery).where(Delivery.id == delivery_id, Delivery.owner_id == caller.user_id)
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    delivery = (await work.session.execute(query)).scalar_one_or_none()
    if delivery is None:
        raise NotFound("delivery")
    return delivery
