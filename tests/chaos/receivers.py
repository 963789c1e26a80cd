"""Programs that are told of uploads and results: they fail now and then."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self

from standardwebhooks import Webhook, WebhookVerificationError

HOST = "127.0.0.1"
MOST_REFUSALS = 2
"""Of one message, before it is taken."""
CALLBACK = "/callback"
METADATA = "http://169.254.169.254/latest/meta-data/"
REFUSALS = (
    b"HTTP/1.1 500 Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    b"HTTP/1.1 503 Refused\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    f"HTTP/1.1 307 Elsewhere\r\nLocation: {METADATA}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode(),
    b"",  # gone in the middle
)
TAKEN = b"HTTP/1.1 204 Taken\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Told:
    """One message that was taken: its name, where it came to, what it tells, and of which upload or result."""

    webhook_id: str
    path: str
    event: str
    about: str

    @classmethod
    def of(cls, webhook_id: str, path: str, payload: dict[str, Any]) -> Self:
        """Read a message."""
        data = payload["data"]
        return cls(webhook_id, path, payload["type"], data.get("upload_id") or data["id"])


@dataclass
class Receivers:
    """Every program, behind one port; `secrets` are what is sent to each path has to be signed by.

    `told` counts how often each message was taken; `faults` are messages that ought not to have come.
    """

    chance: random.Random
    port: int = 0
    secrets: dict[str, str] = field(default_factory=dict)
    told: Counter[Told] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        """Return where a program is told."""
        return f"http://{HOST}:{self.port}{path}"

    def take_queued(self, webhook_id: str, body: str) -> None:
        """Take a message that came through a queue."""
        self.told[Told.of(webhook_id, CALLBACK, json.loads(body))] += 1

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        with suppress(OSError, asyncio.IncompleteReadError):  # whoever asked was killed
            [asked, *fields] = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in fields)}
            body = await reader.readexactly(int(headers["content-length"]))
            writer.write(self._answer(asked.split(" ")[1], headers, body))
            await writer.drain()
        writer.close()

    def _answer(self, path: str, headers: dict[str, str], body: bytes) -> bytes:
        try:
            payload = Webhook(self.secrets[path]).verify(body, headers)
        except (KeyError, WebhookVerificationError) as error:
            self.faults.append(f"a message to {path} is not signed as it should be: {error!r}")
            return REFUSALS[0]
        name = headers["webhook-id"]
        if self.refusals[name] < MOST_REFUSALS and self.chance.random() < 1 / 2:
            self.refusals[name] += 1
            return self.chance.choice(REFUSALS)
        self.told[Told.of(name, path, payload)] += 1
        return TAKEN


@asynccontextmanager
async def receiving(chance: random.Random) -> AsyncIterator[Receivers]:
    """Listen for as long as the context lasts."""
    receivers = Receivers(chance)
    server = await asyncio.start_server(receivers.serve, HOST, 0)
    receivers.port = server.sockets[0].getsockname()[1]
    async with server:
        yield receivers
