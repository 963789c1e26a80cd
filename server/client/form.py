"""A multipart/form-data body whose file is streamed."""

import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass

import httpx

from server.client.reading import Stretch, read_stretch


@dataclass(frozen=True, slots=True)
class Form:
    """A form with its file field last, as S3 wants it.

    The library could frame and send it too, but would read the file on the event loop.
    """

    head: bytes
    file: Stretch
    tail: bytes
    content_type: str

    @classmethod
    def of(cls, fields: Mapping[str, str], file: Stretch) -> "Form":
        """Frame the fields and the file."""
        boundary = secrets.token_hex(16)
        kind = f"multipart/form-data; boundary={boundary}"
        # Framed with an empty file; the real one goes in between.
        framed = httpx.Request(
            "POST", "http://form", headers={"Content-Type": kind}, data=fields, files={"file": ("file", b"")}
        ).read()
        tail = f"\r\n--{boundary}--\r\n".encode()
        return cls(framed.removesuffix(tail), file, tail, kind)

    @property
    def headers(self) -> dict[str, str]:
        """The headers that go with the body; S3 takes no form of unknown length."""
        length = len(self.head) + self.file.length + len(self.tail)
        return {"Content-Type": self.content_type, "Content-Length": str(length)}

    async def body(self, moved: Callable[[int], None]) -> AsyncIterator[bytes]:
        """Stream the form; `moved` is told how many bytes of the file have gone."""
        yield self.head
        async for chunk in read_stretch(self.file, moved):
            yield chunk
        yield self.tail
