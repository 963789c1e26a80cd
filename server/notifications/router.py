"""Live events over HTTP."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from server.auth.dependencies import CurrentCaller
from server.auth.problems import Unauthenticated
from server.notifications.stream import follow
from server.problems import problems
from server.valkey.broadcast import Hub

router = APIRouter(prefix="/events", tags=["events"], responses=problems(Unauthenticated))


def get_hub(request: Request) -> Hub:
    """Return the application's subscription to live events."""
    hub: Hub = request.app.state.hub
    return hub


@router.get("", response_class=EventSourceResponse)
async def stream_events(caller: CurrentCaller, hub: Annotated[Hub, Depends(get_hub)]) -> AsyncIterator[ServerSentEvent]:
    """Follow your own things: `upload`, `result` and `transcript` events tell how they stand; on `reset`, read anew."""
    async for event in follow(hub, caller.user_id):
        yield event
