"""A server on loopback that answers what a test tells it, or hangs up."""

import asyncio
import contextlib
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import h11

from server.client.client import PREFIX

Answer = Callable[["Seen", "Reply"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


class Reply:
    """Writes one response."""

    def __init__(self, protocol: h11.Connection, writer: asyncio.StreamWriter) -> None:
        self._protocol = protocol
        self._writer = writer

    async def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status and the headers."""
        await self._send(h11.Response(status_code=status, headers=list(headers.items())))

    async def write(self, data: bytes) -> None:
        """Send a piece of the body."""
        await self._send(h11.Data(data=data))

    async def end(self) -> None:
        """End the response; without it, the connection is cut."""
        await self._send(h11.EndOfMessage())

    async def _send(self, event: h11.Event) -> None:
        self._writer.write(self._protocol.send(event) or b"")
        await self._writer.drain()


def says(status: int, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with JSON, or with bytes as they are."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def answer(_: Seen, reply: Reply) -> None:
        await reply.begin(status, {"Content-Length": str(len(data)), "Connection": "close", **(headers or {})})
        await reply.write(data)
        await reply.end()

    return answer


def problem(status: int, code: str, detail: str) -> Answer:
    """Answer with a problem+json document."""
    return says(status, {"status": status, "code": code, "detail": detail, "title": "", "type": "about:blank"})


async def hangs_up(_: Seen, __: Reply) -> None:
    """Cut the connection without an answer."""


class Channel:
    """Answers with the events that a test tells, as it tells them."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[tuple[str, object] | None] = asyncio.Queue()

    def tell(self, kind: str, data: object) -> None:
        """Send an event to whoever listens, now or next."""
        self._events.put_nowait((kind, data))

    def drop(self) -> None:
        """Cut the connection."""
        self._events.put_nowait(None)

    async def __call__(self, _: Seen, reply: Reply) -> None:
        """Stream until the connection is to be cut."""
        await reply.begin(200, {"Content-Type": "text/event-stream"})
        while (event := await self._events.get()) is not None:
            await reply.write(f"event: {event[0]}\ndata: {json.dumps(event[1])}\n\n".encode())


@dataclass
class Fake:
    """The server: the answers to come by method and path below the prefix, the last of them for ever."""

    url: str = ""
    prefix: str = PREFIX
    seen: list[Seen] = field(default_factory=list)
    _answers: defaultdict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))

    def on(self, request: str, *answers: Answer) -> None:
        """Say what is answered to a request such as `GET /results`."""
        method, _, path = request.partition(" ")
        self._answers[f"{method} {self.prefix}{path}"] = deque(answers)

    def bodies(self, request: str) -> list[bytes]:
        """Return what has come with each request of a kind."""
        method, _, path = request.partition(" ")
        return [one.body for one in self.seen if (one.method, one.path) == (method, self.prefix + path)]

    def count(self, request: str) -> int:
        """Say how many requests of a kind have come."""
        return len(self.bodies(request))

    async def answer(self, seen: Seen, reply: Reply) -> None:
        """Give the next answer."""
        self.seen.append(seen)
        answers = self._answers.get(f"{seen.method} {seen.path}", deque([problem(404, "not_found", "Nothing here.")]))
        await (answers.popleft() if len(answers) > 1 else answers[0])(seen, reply)


@contextlib.asynccontextmanager
async def fake_server() -> AsyncIterator[Fake]:
    """Run a server for as long as the context lasts."""
    fake = Fake()
    serving: set[asyncio.Task[Any] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.current_task())
        protocol = h11.Connection(h11.SERVER)
        with contextlib.suppress(ConnectionError, h11.ProtocolError), contextlib.closing(writer):
            if (seen := await _receive(protocol, reader)) is not None:
                await fake.answer(seen, Reply(protocol, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        fake.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield fake
    ending = [task for task in serving if task is not None and not task.done()]
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)


async def _receive(protocol: h11.Connection, reader: asyncio.StreamReader) -> Seen | None:
    head: h11.Request | None = None
    body = bytearray()
    while True:
        match event := protocol.next_event():
            case h11.NEED_DATA:
                protocol.receive_data(await reader.read(65_536))
            case h11.Request():
                head = event
            case h11.Data():
                body += event.data
            case _:
                break
    if head is None:
        return None
    headers = {name.decode(): value.decode() for name, value in head.headers}
    path, _, query = head.target.decode().partition("?")
    return Seen(head.method.decode(), path, query, headers, bytes(body))
