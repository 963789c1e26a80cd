"""Reading server-sent events.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One event: its type and its data, both as text."""

    type: str
    data: str


async def read_events(chunks: AsyncIterator[bytes]) -> AsyncIterator[StreamEvent]:
    """Put the bytes of a stream together to events; one that was cut off at the end doesn't count."""
    fields: dict[str, list[str]] = {}
    async for line in _lines(chunks):
        if line:
            name, _, value = line.partition(":")
            fields.setdefault(name, []).append(value.removeprefix(" "))
            continue
        if "data" in fields:
            yield StreamEvent(fields.get("event", ["message"])[-1], "\n".join(fields["data"]))
        fields = {}


async def _lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[str]:
    # Not by str.splitlines, as HTTP libraries do: JSON may hold U+2028, which is no end of a line here.
    rest = b""
    async for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.removesuffix(b"\r").decode()
