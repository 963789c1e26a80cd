"""Sending a large file in parts."""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx

from server.client.client import Client
from server.client.problems import check
from server.client.reading import Stretch, read_stretch
from server.client.retries import PASSING_AT_STORE
from server.uploads.schemas import UploadSession

AT_ONCE = 3


class Parts:
    """The parts of one upload."""

    def __init__(self, client: Client, session: UploadSession, path: Path, sent: Callable[[int], None]) -> None:
        self._client = client
        self._upload_id = session.id
        self._size = session.size
        self._headers = session.headers or {}
        self._path = path
        self._sent = sent
        self._gone: dict[int, int] = {}
        self._renew_at = _half_time(session)

    async def send_missing(self) -> None:
        """Send the parts that the store doesn't have yet, a few at a time.

        Raises:
            ApiProblem: the service or the store refuses.
            Unreachable: one of them doesn't answer.
            FileChanged: the file was cut meanwhile.
        """
        stored = await self._client.stored_parts(self._upload_id)
        arrived = {part.part_number: part.size for part in stored.parts}
        parts = dict(enumerate(self._stretches(stored.part_size), 1))
        missing = {number: part for number, part in parts.items() if arrived.get(number) != part.length}
        self._gone = {number: part.length for number, part in parts.items() if number not in missing}
        pending = iter(missing.items())
        try:
            async with asyncio.TaskGroup() as senders:
                for _ in range(AT_ONCE):
                    senders.create_task(self._send_from(pending))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed

    def _stretches(self, part_size: int) -> Iterator[Stretch]:
        for start in range(0, self._size, part_size):
            yield Stretch(self._path, start, min(part_size, self._size - start))

    async def _send_from(self, pending: Iterator[tuple[int, Stretch]]) -> None:
        for number, part in pending:
            await self._send(number, part)

    async def _send(self, number: int, part: Stretch) -> None:
        async def put() -> httpx.Response:
            await self._keep_open()
            signed = await self._client.sign_parts(self._upload_id, [number])  # anew each time: no address runs out
            return await self._client.store.put(
                signed.parts[0].url,
                content=read_stretch(part, partial(self._tell, number)),
                headers=self._headers | {"Content-Length": str(part.length)},
            )

        check(await self._client.retries.run(put, PASSING_AT_STORE))

    def _tell(self, number: int, gone: int) -> None:
        self._gone[number] = gone
        self._sent(sum(self._gone.values()))

    async def _keep_open(self) -> None:
        """Ask for more time before the upload's own has run out: a large file may need it."""
        if time.monotonic() >= self._renew_at:
            self._renew_at = _half_time(await self._client.sign_again(self._upload_id))


def _half_time(session: UploadSession) -> float:
    left = (session.expires_at - datetime.now(UTC)).total_seconds()
    return time.monotonic() + left / 2
