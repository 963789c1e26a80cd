"""Deliveries over HTTP: what was sent, and having it sent again."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, status

from server.auth.dependencies import CurrentCaller
from server.auth.problems import CrossSite, Unauthenticated
from server.db.cursors import BadCursor
from server.problems import NotFound, problems
from server.unit_of_work import Work
from server.webhooks import deliveries
from server.webhooks.endpoints import CurrentOffice
from server.webhooks.kinds import DeliveryStatus
from server.webhooks.problems import EndpointDisabled
from server.webhooks.schemas import DeliveryDetails, DeliveryPage, DeliveryShown

PATH = "/api/v1/deliveries"

router = APIRouter(prefix="/deliveries", tags=["webhooks"], responses=problems(Unauthenticated))


@router.get("", responses=problems(BadCursor))
async def list_deliveries(  # noqa: PLR0913, PLR0917 - FastAPI hands each in by its name
    caller: CurrentCaller,
    work: Work,
    endpoint_id: Annotated[UUID | None, Query(description="Those for one endpoint alone.")] = None,
    status: Annotated[DeliveryStatus | None, Query(description="Those that stand so alone.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> DeliveryPage:
    """List what was sent to the caller's endpoints and callbacks, or is to be, newest first."""
    return await deliveries.page(work, caller, deliveries.Sought(endpoint_id, status), limit, cursor)


@router.get("/{delivery_id}", responses=problems(NotFound))
async def show_delivery(delivery_id: UUID, caller: CurrentCaller, work: Work, office: CurrentOffice) -> DeliveryDetails:
    """Show a delivery with what it tells, and every attempt at it."""
    return await deliveries.details(work, caller, delivery_id, office.settings.service.public_url)


@router.post(
    "/{delivery_id}/redeliver",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(NotFound, EndpointDisabled, CrossSite),
)
async def redeliver(delivery_id: UUID, caller: CurrentCaller, work: Work, response: Response) -> DeliveryShown:
    """Send a message once more, under the same `webhook-id`; one that is on its way is tried at once."""
    delivery = await deliveries.repeat(work, caller, delivery_id)
    response.headers["Location"] = f"{PATH}/{delivery.id}"
    return DeliveryShown.of(delivery)
