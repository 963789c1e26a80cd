"""A web server of the tests' own, which says what it is told to and remembers what it was asked."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """A server on the loopback, and the requests that it has had: each its head, as text, and its body."""

    port: int
    requests: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def url(self, host: str = "127.0.0.1", scheme: str = "http") -> str:
        """Return its address under a name."""
        return f"{scheme}://{host}:{self.port}"


@asynccontextmanager
async def serving(answer: Callable[[str], Answer], tls: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    """Serve while the block lasts; `answer` gets the target of each request."""
    site = Site(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        site.requests.append(head)
        length = re.search(r"(?im)^content-length: *(\d+)", head)
        site.bodies.append(await reader.readexactly(int(length[1])) if length else b"")
        status, headers, body = answer(head.split(" ", 2)[1])
        fields = {"Content-Length": str(len(body)), "Connection": "close"} | headers
        lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in fields.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    site.port = server.sockets[0].getsockname()[1]
    async with server:
        yield site
