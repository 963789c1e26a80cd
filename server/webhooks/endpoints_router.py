"""Endpoints over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from server.auth.conditions import WithoutTool
from server.auth.dependencies import CurrentCaller
from server.auth.problems import CrossSite, NotByTools, SignInRequired, Unauthenticated
from server.problems import NotFound, problems
from server.unit_of_work import Work
from server.webhooks import deliveries, endpoints
from server.webhooks.deliveries_router import PATH as DELIVERIES
from server.webhooks.endpoints import CurrentOffice
from server.webhooks.problems import EndpointDisabled, TargetRefused, TooManyEndpoints
from server.webhooks.schemas import (
    DeliveryShown,
    EndpointChange,
    EndpointMade,
    Endpoints,
    EndpointShown,
    EndpointWish,
    RotatedSecret,
    SigningSecret,
)

PATH = "/api/v1/webhook-endpoints"

router = APIRouter(prefix="/webhook-endpoints", tags=["webhooks"], responses=problems(Unauthenticated, CrossSite))


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(TargetRefused, TooManyEndpoints))
async def make_webhook_endpoint(
    wish: EndpointWish, caller: CurrentCaller, work: Work, office: CurrentOffice, response: Response
) -> EndpointMade:
    """Have a program told of events; its secret is told this once."""
    endpoint, secret = await endpoints.make(work, office, caller, wish)
    response.headers["Location"] = f"{PATH}/{endpoint.id}"
    return EndpointMade.with_secret(endpoint, secret)


@router.get("")
async def list_webhook_endpoints(caller: CurrentCaller, work: Work) -> Endpoints:
    """List the caller's endpoints, newest first."""
    return Endpoints(items=[EndpointShown.of(endpoint) for endpoint in await endpoints.list_of(work, caller)])


@router.get("/callback-secret", responses=problems(SignInRequired, NotByTools))
async def show_callback_secret(caller: WithoutTool, work: Work, office: CurrentOffice) -> SigningSecret:
    """Tell what the callbacks of the caller's uploads are signed by; it is made when it is first asked for."""
    return SigningSecret(secret=await endpoints.show_callback_secret(work, office, caller))


@router.get("/{endpoint_id}", responses=problems(NotFound))
async def show_webhook_endpoint(endpoint_id: UUID, caller: CurrentCaller, work: Work) -> EndpointShown:
    """Show an endpoint."""
    return EndpointShown.of(await endpoints.show(work, caller, endpoint_id))


@router.patch("/{endpoint_id}", responses=problems(NotFound, TargetRefused))
async def change_webhook_endpoint(
    endpoint_id: UUID, wish: EndpointChange, caller: CurrentCaller, work: Work, office: CurrentOffice
) -> EndpointShown:
    """Change an endpoint, disable it, or enable it again."""
    return EndpointShown.of(await endpoints.change(work, office, caller, endpoint_id, wish))


@router.delete("/{endpoint_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NotFound))
async def remove_webhook_endpoint(endpoint_id: UUID, caller: CurrentCaller, work: Work) -> None:
    """Remove an endpoint and the log of what was sent there."""
    await endpoints.remove(work, caller, endpoint_id)


@router.post("/{endpoint_id}/secret", responses=problems(NotFound, SignInRequired, NotByTools))
async def rotate_webhook_secret(
    endpoint_id: UUID, caller: WithoutTool, work: Work, office: CurrentOffice
) -> RotatedSecret:
    """Give an endpoint a new secret, told this once; messages are signed by both for another day."""
    endpoint, secret = await endpoints.rotate(work, office, caller, endpoint_id)
    return RotatedSecret(secret=secret, former_secret_until=endpoint.former_until)


@router.post(
    "/{endpoint_id}/test",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotFound, EndpointDisabled),
)
async def try_webhook_endpoint(
    endpoint_id: UUID, caller: CurrentCaller, work: Work, response: Response
) -> DeliveryShown:
    """Send an endpoint a `ping`; while one is on its way, again is the same."""
    delivery = await deliveries.ping(work, await endpoints.show(work, caller, endpoint_id, for_change=True))
    response.headers["Location"] = f"{DELIVERIES}/{delivery.id}"
    return DeliveryShown.of(delivery)
