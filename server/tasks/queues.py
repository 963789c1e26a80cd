"""The queues through which workers are called."""

from enum import StrEnum


class Queue(StrEnum):
    """Which workers are called: one model is held by few, so its work waits in a queue of its own."""

    WORK = "lectern:work"
    WHISPER = "lectern:whisper"

    @property
    def sign_of_life(self) -> str:
        """The key in Valkey that is there while a worker serves this queue."""
        return f"{self}:alive"
