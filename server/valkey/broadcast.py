"""Live events from any process to the pages that are open on any other."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import structlog
from arq.connections import ArqRedis

log = structlog.get_logger(__name__)

PREFIX = "lectern:events:"
WAITING_EVENTS = 1_000
RECONNECT_SECONDS = 1.0
CONFIRM_SECONDS = 5.0

Event = dict[str, Any]
Mailbox = asyncio.Queue[Event | None]


async def publish(valkey: ArqRedis, audience: UUID, event: Event) -> None:
    """Tell everyone who listens for `audience`; nobody listening is fine.

    Raises:
        RedisError: Valkey can't be reached.
    """
    await valkey.publish(f"{PREFIX}{audience}", json.dumps(event))


class Hub:
    """One subscription a process, shared out to its listeners."""

    def __init__(self, valkey: ArqRedis) -> None:
        self._valkey = valkey
        self._mailboxes: defaultdict[UUID, set[Mailbox]] = defaultdict(set)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Hand events on for as long as the context lasts."""
        task = asyncio.create_task(self._relay())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            self._close_all()

    @asynccontextmanager
    async def listening(self, audience: UUID) -> AsyncIterator[Mailbox]:
        """Collect the events of one audience in a mailbox.

        A None in it means that events may have been missed (the reader was too slow, or
        Valkey was away) and that the reader should ask for the present state anew.
        """
        mailbox: Mailbox = asyncio.Queue(WAITING_EVENTS)
        self._mailboxes[audience].add(mailbox)
        try:
            yield mailbox
        finally:
            self._mailboxes[audience].discard(mailbox)
            if not self._mailboxes[audience]:
                del self._mailboxes[audience]

    async def _relay(self) -> None:
        while True:
            try:
                await self._relay_once()
            except Exception as error:  # noqa: BLE001 - whatever it is, pages must go on hearing
                log.warning("live events interrupted", error=str(error))
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _relay_once(self) -> None:
        async with self._valkey.pubsub() as subscription:
            await subscription.psubscribe(f"{PREFIX}*")
            await subscription.get_message(timeout=CONFIRM_SECONDS)
            self._close_all()  # only now: whatever was published before this moment was missed
            while True:
                message = await subscription.get_message(ignore_subscribe_messages=True, timeout=5)
                if message is None:
                    continue
                audience = UUID(message["channel"].decode().removeprefix(PREFIX))
                for mailbox in self._mailboxes.get(audience, ()):
                    _put(mailbox, json.loads(message["data"]))

    def _close_all(self) -> None:
        for mailboxes in self._mailboxes.values():
            for mailbox in mailboxes:
                _put(mailbox, None)


def _put(mailbox: Mailbox, event: Event | None) -> None:
    if mailbox.full():
        while not mailbox.empty():
            mailbox.get_nowait()
        event = None
    mailbox.put_nowait(event)
