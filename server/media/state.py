"""The only table of what a media item may become."""

from enum import StrEnum


class Status(StrEnum):
    """How far a media item has come."""

    RECEIVED = "received"
    TRANSCODING = "transcoding"
    TRANSCRIBING = "transcribing"
    COMPLETED = "completed"
    FAILED = "failed"
    DELETING = "deleting"
    GONE = "gone"


UNDER_WAY = frozenset({Status.RECEIVED, Status.TRANSCODING, Status.TRANSCRIBING})
ENDED = frozenset({Status.COMPLETED, Status.FAILED})
HIDDEN = frozenset({Status.DELETING, Status.GONE})

TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.TRANSCODING, Status.COMPLETED, Status.FAILED, Status.DELETING}),
    Status.TRANSCODING: frozenset({Status.TRANSCRIBING, Status.COMPLETED, Status.FAILED, Status.DELETING}),
    # Back to the beginning, because the renditions have expired meanwhile.
    Status.TRANSCRIBING: frozenset({Status.RECEIVED, Status.COMPLETED, Status.FAILED, Status.DELETING}),
    Status.COMPLETED: frozenset({Status.RECEIVED, Status.TRANSCRIBING, Status.DELETING}),  # transcribed once more
    Status.FAILED: frozenset({Status.RECEIVED, Status.TRANSCRIBING, Status.DELETING}),  # tried again
    Status.DELETING: frozenset({Status.GONE}),
    Status.GONE: frozenset(),
}


class ForbiddenTransition(Exception):  # noqa: N818 - the field's word for it
    """The item can't go from where it is to where it was sent."""

    def __init__(self, current: Status, wanted: Status) -> None:
        super().__init__(f"a media item can't become {wanted} from {current}")
