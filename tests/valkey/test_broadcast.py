"""Live events from any process to the pages open on another."""

from uuid import uuid4

from arq.connections import ArqRedis

from server.valkey.broadcast import WAITING_EVENTS, Hub, _put


async def test_slow_reader_is_told_to_read_anew(valkey: ArqRedis) -> None:
    """A reader that falls too far behind loses the events, keeps its memory bounded, and is told."""
    async with Hub(valkey).listening(uuid4()) as mailbox:
        for number in range(WAITING_EVENTS + 1):
            _put(mailbox, {"number": number})
        assert mailbox.qsize() == 1
        assert await mailbox.get() is None
