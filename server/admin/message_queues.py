"""The SQS queues that we receive from, by names of our own, and their dead letters."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Self

import structlog
from fastapi import Depends, Request

from server.admin.schemas import (
    LONGEST_BODY,
    DeadLetterShown,
    DeadLettersShown,
    MessageQueueShown,
    Purged,
    Redriven,
)
from server.aws.queues import Queues, get_queues
from server.configuration.services import Aws
from server.problems import NotFound

log = structlog.get_logger(__name__)

MOST_REDRIVEN = 1_000
"""Dead letters that one request looks through: somebody waits for its answer."""


@dataclass(frozen=True, slots=True)
class MessageQueues:
    """Every queue that the settings name."""

    queues: Queues
    urls: Mapping[str, str]

    @classmethod
    def named(cls, queues: Queues, settings: Aws) -> Self:
        """Give the queues their names."""
        urls = {
            "uploads": settings.uploads_queue_url,
            "transcribe-events": settings.transcribe_events_queue_url,
            "mail-events": settings.mail_events_queue_url,
            "preprocessing": settings.preprocessing_queue_url,
        }
        return cls(queues, {name: url for name, url in urls.items() if url})

    async def show(self) -> list[MessageQueueShown]:
        """Say how each queue stands."""
        return [await self._show(name, url) for name, url in self.urls.items()]

    async def dead_letters(self, name: str, limit: int) -> DeadLettersShown:
        """Look at a queue's dead letters without taking them away.

        Raises:
            NotFound: there is no such queue, or it keeps no dead letters.
        """
        shown = [
            DeadLetterShown(id=one.id, body=one.body[:LONGEST_BODY], sent_at=one.sent_at, received=one.receipts)
            for one in await self.queues.look(await self._dead_letters(name), limit)
        ]
        return DeadLettersShown(items=shown)

    async def redrive(self, name: str, ids: Collection[str] | None) -> Redriven:
        """Send dead letters back to where they died, all or those with the ids.

        Raises:
            NotFound: there is no such queue, or it keeps no dead letters.
        """
        dead = await self._dead_letters(name)
        redriven = await self.queues.move(dead, self.urls[name], MOST_REDRIVEN, ids)
        log.info("dead letters redriven", queue=name, redriven=redriven)
        return Redriven(redriven=redriven, left=(await self.queues.depth(dead)).total)

    async def purge(self, name: str) -> Purged:
        """Delete a queue's dead letters.

        Raises:
            NotFound: there is no such queue, or it keeps no dead letters.
            PurgedJustNow: SQS doesn't do it again so soon.
        """
        purged = await self.queues.purge(await self._dead_letters(name))
        log.info("dead letters purged", queue=name, purged=purged)
        return Purged(purged=purged)

    async def _show(self, name: str, url: str) -> MessageQueueShown:
        depth, dead = await self.queues.depth(url), await self.queues.dead_letters(url)
        return MessageQueueShown(
            name=name,
            waiting=depth.waiting,
            in_flight=depth.in_flight,
            delayed=depth.delayed,
            dead_letters=(await self.queues.depth(dead)).total if dead else None,
        )

    async def _dead_letters(self, name: str) -> str:
        dead = await self.queues.dead_letters(self.urls[name]) if name in self.urls else None
        if dead is None:
            raise NotFound("queue")
        return dead


def get_message_queues(request: Request, queues: Annotated[Queues, Depends(get_queues)]) -> MessageQueues:
    """Return the queues of the application's settings."""
    return MessageQueues.named(queues, request.app.state.settings.aws)
