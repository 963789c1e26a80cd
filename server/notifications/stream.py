"""Server-sent events: the caller's own changes, as they happen."""

from collections.abc import AsyncIterator
from uuid import UUID

from fastapi.sse import ServerSentEvent

from server.valkey.broadcast import Hub

RECONNECT_MS = 2_000


async def follow(hub: Hub, audience: UUID) -> AsyncIterator[ServerSentEvent]:
    """Yield what happens from now on.

    The first event, and any that follows a gap, is `reset`: whoever receives it should ask for the
    present state, since events before it may have been missed.
    """
    async with hub.listening(audience) as mailbox:
        yield ServerSentEvent(event="reset", data={}, retry=RECONNECT_MS)
        while True:
            event = await mailbox.get()
            if event is None:
                yield ServerSentEvent(event="reset", data={})
            else:
                yield ServerSentEvent(event=event["type"], data=event)
