"""Where callers' programs wish to be told of events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from cryptography.fernet import InvalidToken
from fastapi import Depends, Request
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from server.auth.principal import Principal
from server.auth.sealing import Seal
from server.problems import NotFound
from server.settings import Settings
from server.unit_of_work import UnitOfWork
from server.users.models import User
from server.webhooks import signing, targets
from server.webhooks.kinds import DeliveryStatus, Disabled, Transport
from server.webhooks.models import CallbackSecret, Delivery, WebhookEndpoint
from server.webhooks.problems import TooManyEndpoints
from server.webhooks.schemas import EndpointChange, EndpointWish

MOST = 20
OVERLAP = timedelta(days=1)
"""For how long a secret that was replaced still signs."""


@dataclass(frozen=True, slots=True)
class Office:
    """What endpoints need from outside: where messages may go, and how secrets are kept."""

    settings: Settings
    seal: Seal

    def check(self, url: str) -> None:
        """Refuse an address that nothing can be sent to.

        Raises:
            TargetRefused: and why.
        """
        targets.check(url, Transport.HTTP, self.settings.outbound, self.settings.callbacks)


def make_seal(settings: Settings) -> Seal:
    """Make what secrets are kept by."""
    return Seal(settings.auth.access_token_secret_keys, "webhook secrets")


def get_office(request: Request) -> Office:
    """Gather what endpoints need from outside."""
    settings: Settings = request.app.state.settings
    return Office(settings, make_seal(settings))


CurrentOffice = Annotated[Office, Depends(get_office)]


async def make(work: UnitOfWork, office: Office, caller: Principal, wish: EndpointWish) -> tuple[WebhookEndpoint, str]:
    """Make an endpoint; return it with its secret, which is told this once.

    Raises:
        TargetRefused: nothing can be sent there.
        TooManyEndpoints: the caller has as many as one may have.
    """
    office.check(wish.url)
    # The caller's row is the lock, so that two who make one at once count one another's.
    await work.session.execute(select(User.id).where(User.id == caller.user_id).with_for_update(key_share=True))
    count = await work.session.scalar(select(func.count()).where(WebhookEndpoint.owner_id == caller.user_id))
    if (count or 0) >= MOST:
        raise TooManyEndpoints(MOST)
    secret = signing.new_secret()
    endpoint = WebhookEndpoint(
        owner_id=caller.user_id,
        url=wish.url,
        description=wish.description,
        events=wish.events,
        sealed_secret=office.seal.close(secret),
    )
    work.session.add(endpoint)
    await work.session.flush()
    return endpoint, secret


async def list_of(work: UnitOfWork, caller: Principal) -> Sequence[WebhookEndpoint]:
    """Return the caller's endpoints, the newest first."""
    query = select(WebhookEndpoint).where(WebhookEndpoint.owner_id == caller.user_id)
    return (await work.session.execute(query.order_by(WebhookEndpoint.id.desc()))).scalars().all()


async def show(work: UnitOfWork, caller: Principal, endpoint_id: UUID, *, for_change: bool = False) -> WebhookEndpoint:
    """Return an endpoint of the caller's; admins, too, see only their own.

    Raises:
        NotFound: there is none, or it is another's.
    """
    query = select(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id, WebhookEndpoint.owner_id == caller.user_id)
    if for_change:
        query = query.with_for_update(key_share=True)
    endpoint = (await work.session.execute(query)).scalar_one_or_none()
    if endpoint is None:
        raise NotFound("endpoint")
    return endpoint


async def change(
    work: UnitOfWork, office: Office, caller: Principal, endpoint_id: UUID, wish: EndpointChange
) -> WebhookEndpoint:
    """Change an endpoint; one that is disabled gives up what waits, and one that is enabled again begins anew.

    Raises:
        NotFound: there is none, or it is another's.
        TargetRefused: nothing can be sent there.
    """
    endpoint = await show(work, caller, endpoint_id, for_change=True)
    if wish.url is not None:
        office.check(wish.url)
    for name in ("url", "events", "description"):
        if (value := getattr(wish, name)) is not None:
            setattr(endpoint, name, value)
    if wish.is_enabled:
        endpoint.disabled = None
    elif wish.is_enabled is False:
        await _disable(work, endpoint, Disabled.BY_OWNER)
    await work.session.flush()
    return endpoint


async def remove(work: UnitOfWork, caller: Principal, endpoint_id: UUID) -> None:
    """Remove an endpoint, with what was sent there and what was to be.

    Raises:
        NotFound: there is none, or it is another's.
    """
    await work.session.delete(await show(work, caller, endpoint_id))


async def rotate(work: UnitOfWork, office: Office, caller: Principal, endpoint_id: UUID) -> tuple[WebhookEndpoint, str]:
    """Give an endpoint a new secret, which is told this once; the former one signs, too, for another day.

    Raises:
        NotFound: there is none, or it is another's.
    """
    endpoint = await show(work, caller, endpoint_id, for_change=True)
    secret = signing.new_secret()
    endpoint.former_sealed_secret, endpoint.sealed_secret = endpoint.sealed_secret, office.seal.close(secret)
    endpoint.former_until = datetime.now(UTC) + OVERLAP
    await work.session.flush()
    return endpoint, secret


async def disable_gone(work: UnitOfWork, endpoint_id: UUID, url: str) -> None:
    """Send an endpoint nothing more, because it answered under this address that it is gone."""
    query = select(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id, WebhookEndpoint.url == url)
    endpoint = (await work.session.execute(query.with_for_update(key_share=True))).scalar_one_or_none()
    if endpoint is not None:
        await _disable(work, endpoint, Disabled.GONE)


async def wishing(work: UnitOfWork, owner_id: UUID, event: str) -> Sequence[WebhookEndpoint]:
    """Return the owner's endpoints that are to be told of an event; none is removed before this is committed."""
    query = select(WebhookEndpoint).where(
        WebhookEndpoint.owner_id == owner_id,
        WebhookEndpoint.disabled.is_(None),
        WebhookEndpoint.events.contains([event]),
    )
    query = query.order_by(WebhookEndpoint.id).with_for_update(read=True, key_share=True)
    return (await work.session.execute(query)).scalars().all()


async def forget_owner(work: UnitOfWork, owner_id: UUID) -> None:
    """Remove an owner's endpoints, with all that was told there or by callbacks, or was to be."""
    for column in (WebhookEndpoint.owner_id, Delivery.owner_id, CallbackSecret.owner_id):
        await work.session.execute(delete(column.class_).where(column == owner_id))


def signing_secrets(seal: Seal, endpoint: WebhookEndpoint) -> tuple[str, ...]:
    """Return what an endpoint's messages are signed by now: its secret, and the former one for as long as that signs.

    Raises:
        cryptography.fernet.InvalidToken: it was sealed by a key that is none of ours any more.
    """
    secret, former, until = seal.open(endpoint.sealed_secret), endpoint.former_sealed_secret, endpoint.former_until
    if former is None or until is None or until <= datetime.now(UTC):
        return (secret,)
    try:
        return secret, seal.open(former)
    except InvalidToken:  # which may be why there is a new one
        return (secret,)


async def callback_secret(work: UnitOfWork, seal: Seal, owner_id: UUID) -> str:
    """Return what callbacks of an owner's uploads are signed by; it is made when it is first needed.

    Raises:
        cryptography.fernet.InvalidToken: it was sealed by a key that is none of ours any more.
    """
    new = insert(CallbackSecret).values(owner_id=owner_id, sealed_secret=seal.close(signing.new_secret()))
    await work.session.execute(new.on_conflict_do_nothing())
    kept = select(CallbackSecret.sealed_secret).where(CallbackSecret.owner_id == owner_id)
    return seal.open((await work.session.execute(kept)).scalar_one())


async def show_callback_secret(work: UnitOfWork, office: Office, caller: Principal) -> str:
    """Return what the callbacks of the caller's uploads are signed by: a new one when the one before can't be read."""
    try:
        return await callback_secret(work, office.seal, caller.user_id)
    except InvalidToken:
        await work.session.execute(delete(CallbackSecret).where(CallbackSecret.owner_id == caller.user_id))
        return await callback_secret(work, office.seal, caller.user_id)


async def _disable(work: UnitOfWork, endpoint: WebhookEndpoint, why: Disabled) -> None:
    """Disable an endpoint whose row is locked; endpoints are locked before their deliveries, here and elsewhere.

    The tasks of what is given up stay, and find that there is nothing to do.
    """
    endpoint.disabled = why
    waiting = update(Delivery).where(
        Delivery.owner_id == endpoint.owner_id,  # by its index: few of an owner's are pending
        Delivery.endpoint_id == endpoint.id,
        Delivery.status == DeliveryStatus.PENDING,
    )
    ended = {"status": DeliveryStatus.GIVEN_UP, "next_at": None, "ended_at": func.now()}
    await work.session.execute(waiting.values(ended).execution_options(synchronize_session=False))
