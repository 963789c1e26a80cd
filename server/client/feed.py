"""Live news of the caller's results, heard once and handed to everyone who waits."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Iterator
from uuid import UUID

import httpx
from pydantic import BaseModel, ConfigDict

from server.client.client import Client
from server.client.event_stream import StreamEvent
from server.client.problems import ApiProblem
from server.client.retries import Passing
from server.media.state import Status
from server.results.schemas import ResultError

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 15.0


class News(BaseModel):
    """How far a result has come. Times are milliseconds; `progress` is the finished share of the status's stage."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    status: Status
    progress: float
    heard_ms: int
    duration_ms: int | None
    error: ResultError | None


class Mailbox:
    """The news that one listener has yet to read."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[News | None] = asyncio.Queue()

    def put(self, news: News | None) -> None:
        """Add news; None says that some may have been missed."""
        self._queue.put_nowait(news)

    async def next(self, result_id: UUID | None, seconds: float) -> News | None:
        """Wait for the next news, of one result or of any.

        Returns:
            The news; or None when the present state should be asked for, because news may have been missed or
            because none came in time.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while (news := await self._queue.get()) is not None:
                    if result_id in {None, news.id}:
                        return news
        return None


class Feed:
    """Listens to the service and hands on what it hears."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._mailboxes: set[Mailbox] = set()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Feed"]:
        """Listen for as long as the context lasts; a lost connection is made again."""
        task = asyncio.create_task(self._run())
        try:
            yield self
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    @contextlib.contextmanager
    def mailbox(self) -> Iterator[Mailbox]:
        """Collect the news from now on."""
        mailbox = Mailbox()
        self._mailboxes.add(mailbox)
        try:
            yield mailbox
        finally:
            self._mailboxes.discard(mailbox)

    async def _run(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            # Whatever is wrong with the stream: those who wait look for themselves, and meet a lasting trouble there.
            with contextlib.suppress(httpx.HTTPError, ApiProblem, Passing, ValueError):
                async with self._client.events() as events:
                    async for event in events:
                        pause = FIRST_PAUSE_SECONDS
                        self._hand_on(event)
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - nothing secret
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def _hand_on(self, event: StreamEvent) -> None:
        match event.type:
            case "result":
                news: News | None = News.model_validate_json(event.data)
            case "reset":
                news = None
            case _:
                return
        for mailbox in self._mailboxes:
            mailbox.put(news)
