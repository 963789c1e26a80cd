"""Tests of reading server-sent events."""

from collections.abc import AsyncIterator

import pytest

from server.client.event_stream import StreamEvent, read_events

STREAM = (
    "retry: 2000\r\n\r\nevent: reset\ndata: {}\n\n: ping\n\ndata: one\u2028line\ndata:two\nid: 7\n\ndata: cut".encode()
)
EVENTS = [StreamEvent("reset", "{}"), StreamEvent("message", "one\u2028line\ntwo")]


@pytest.mark.parametrize("size", [1, 2, 7, 1_000])
async def test_events_however_the_stream_is_cut(size: int) -> None:
    """Events are the same in whatever pieces they come; comments aren't events, nor is a beginning without an end."""

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(STREAM), size):
            yield STREAM[start : start + size]

    assert [event async for event in read_events(pieces())] == EVENTS
