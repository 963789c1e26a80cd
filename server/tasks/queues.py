"""The queues through which workers are called."""

from enum import StrEnum


class Queue(StrEnum):
    """Which workers are called.

    One model is held by few, so its work waits in a queue of its own; and so does what only waits for others to answer,
    of which a worker does much at a time, so that a receiver who is slow holds up nothing. Pictures and videos wait in
    theirs so that no text ever waits for them.
    """

    WORK = "lectern:work"
    SENDING = "lectern:sending"
    PICTURES = "lectern:pictures"
    WHISPER = "lectern:whisper"

    @property
    def sign_of_life(self) -> str:
        """The key in Valkey that is there while a worker serves this queue."""
        return f"{self}:alive"
