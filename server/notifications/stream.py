"""Server-sent events: the caller's own changes, as they happen."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

from fastapi.sse import ServerSentEvent

from server.valkey.broadcast import Hub

RECONNECT_MS = 2_000
LASTS_SECONDS = 600.0
"""After which a stream ends, and begins anew for whoever still may: others have been signed out meanwhile."""


async def follow(hub: Hub, audience: UUID) -> AsyncIterator[ServerSentEvent]:
    """Yield what happens from now on, for a while.

    The first event, and any that follows a gap, is `reset`: whoever receives it should ask for the
    present state, since events before it may have been missed.
    """
    ends_at = asyncio.get_running_loop().time() + LASTS_SECONDS
    async with hub.listening(audience) as mailbox:
        yield ServerSentEvent(event="reset", data={}, retry=RECONNECT_MS)
        while True:
            try:
                async with asyncio.timeout_at(ends_at):
                    event = await mailbox.get()
            except TimeoutError:
                return
            if event is None:
                yield ServerSentEvent(event="reset", data={})
            else:
                yield ServerSentEvent(event=event["type"], data=event)
