"""The only table of what a recital may become."""

from enum import StrEnum


class RecitalStatus(StrEnum):
    """How far a recital has come.

    active: being recorded. ended: nothing more is recorded. aggregated: its slices are one recording, which goes the
    way of every recording. uploaded: all its files lie in the content bucket and the slices are gone. discarded: it was
    disavowed, or there was nothing to keep.
    """

    ACTIVE = "active"
    ENDED = "ended"
    AGGREGATED = "aggregated"
    UPLOADED = "uploaded"
    DISCARDED = "discarded"


TAKING = frozenset({RecitalStatus.ACTIVE, RecitalStatus.ENDED})
"""What comes late is still taken, as long as nothing is made of the rest."""

LIVING = frozenset(RecitalStatus) - {RecitalStatus.DISCARDED}
"""What has a right to its files."""

TRANSITIONS: dict[RecitalStatus, frozenset[RecitalStatus]] = {
    RecitalStatus.ACTIVE: frozenset({RecitalStatus.ENDED, RecitalStatus.DISCARDED}),
    RecitalStatus.ENDED: frozenset({RecitalStatus.AGGREGATED, RecitalStatus.DISCARDED}),
    RecitalStatus.AGGREGATED: frozenset({RecitalStatus.UPLOADED, RecitalStatus.DISCARDED}),
    RecitalStatus.UPLOADED: frozenset({RecitalStatus.DISCARDED}),
    RecitalStatus.DISCARDED: frozenset(),
}


class ForbiddenTransition(Exception):  # noqa: N818 - the field's word for it
    """The recital can't go from where it is to where it was sent."""

    def __init__(self, current: RecitalStatus, wanted: RecitalStatus) -> None:
        super().__init__(f"a recital can't become {wanted} from {current}")
