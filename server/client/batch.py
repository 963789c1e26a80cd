"""Transcribing several files at once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from server.client.board import Board, Row
from server.client.client import Client
from server.client.feed import Feed
from server.client.problems import ApiProblem, FileChanged, NotSignedIn, NotTranscribed, Unreachable
from server.client.transcribing import transcribe
from server.results.schemas import Result

AT_ONCE = 4


class Outcome(IntEnum):
    """How a batch ended; the exit status of a command that ran one."""

    DONE = 0
    SOME_FAILED = 1
    NO_SERVER = 3


@dataclass(slots=True)
class Batch:
    """Some files, and what is done with each when its text is there.

    `deliver` may raise what `Client` raises, and `OSError`.
    """

    client: Client
    board: Board
    deliver: Callable[[Path, Result], Awaitable[None]]
    language: str | None = None
    _outcome: Outcome = field(default=Outcome.DONE, init=False)

    async def run(self, files: Sequence[Path]) -> Outcome:
        """Transcribe files, a few at a time. One that fails doesn't keep the others back; a lost server does."""
        rows = [(file, self.board.row(file.name)) for file in files]
        async with Feed(self.client).running() as feed:
            pending = iter(rows)
            try:
                async with asyncio.TaskGroup() as workers:
                    for _ in range(min(AT_ONCE, len(rows))):
                        workers.create_task(self._work(feed, pending))
            except* (Unreachable, NotSignedIn):
                self._outcome = Outcome.NO_SERVER
        return self._outcome

    async def _work(self, feed: Feed, pending: Iterator[tuple[Path, Row]]) -> None:
        for file, row in pending:
            try:
                result = await transcribe(self.client, feed, file, row, self.language)
                await self.deliver(file, result)
            except (Unreachable, NotSignedIn) as lost:
                row.failed(str(lost))
                raise
            except (ApiProblem, NotTranscribed, FileChanged, OSError) as failure:
                row.failed(str(failure))
                self._outcome = Outcome.SOME_FAILED
