"""A zip file that is sent on while it is written, so that it needs neither memory nor disk."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo


class _Written:
    """Where `zipfile` writes: it can't go back there, so sizes and checksums follow each file's bytes."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def write(self, piece: bytes, /) -> int:
        self._bytes += piece
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what is written is taken from here."""

    def close(self) -> None:
        """Do nothing: what is written last is taken after this."""

    def take(self) -> bytes:
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken


class Archive:
    """Writes files one after the other, and hands on what that makes."""

    def __init__(self, send: Callable[[bytes], Awaitable[None]], made_at: datetime) -> None:
        self._send = send
        self._made_at = made_at.timetuple()[:6]
        self._written = _Written()
        self._zip = ZipFile(self._written, "w")

    async def add(self, name: str, content: AsyncIterator[bytes], size: int | None = None) -> None:
        """Write a file.

        Args:
            name: its path in the archive, with slashes; never the same twice.
            content: its bytes, a piece at a time.
            size: its length, where it is media: that is compressed as it is. What is text has none, and is compressed.
        """
        entry = ZipInfo(name, self._made_at)
        entry.compress_type = ZIP_DEFLATED if size is None else ZIP_STORED
        entry.file_size = size or 0  # tells whether it needs 64 bits
        with self._zip.open(entry, "w") as file:
            async for piece in content:
                await asyncio.to_thread(file.write, piece)
                await self._send(self._written.take())

    async def add_whole(self, name: str, content: bytes, *, is_packed: bool = False) -> None:
        """Write a file that is at hand, as it is where it is compressed already."""
        await self.add(name, _whole(content), len(content) if is_packed else None)

    async def end(self) -> None:
        """Write the directory."""
        await asyncio.to_thread(self._zip.close)
        await self._send(self._written.take())


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
