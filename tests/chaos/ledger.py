"""What the senders know of what they have sent."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from tests.chaos.plan import PlannedUpload


class Fate(StrEnum):
    """How an upload has to end, by what its sender did and was told."""

    COMPLETED = "completed"
    REFUSED = "refused"
    ABORTED = "aborted"
    GONE = "gone"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every upload that a sender has begun, and the fate that is due to it."""

    uploads: dict[UUID, PlannedUpload] = field(default_factory=dict)
    fates: dict[UUID, Fate] = field(default_factory=dict)

    def begun(self, upload_id: UUID, planned: PlannedUpload) -> None:
        """Note an upload before its bytes go."""
        self.uploads[upload_id] = planned

    def ended(self, upload_id: UUID, fate: Fate) -> None:
        """Note what the sender may expect now."""
        self.fates[upload_id] = fate
