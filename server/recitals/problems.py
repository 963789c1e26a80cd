"""What can be wrong with a recital, and with what is sent to it."""

from collections.abc import Sequence

from server.problems import Problem
from server.recitals.state import RecitalStatus


class DocumentArchived(Problem):
    """The document is offered to nobody any more."""

    status = 409
    code = "document_archived"

    def __init__(self) -> None:
        super().__init__("This document is archived. Choose another one: GET /api/v1/documents lists them.")


class RecitalClosed(Problem):
    """The recital takes nothing more, or nothing more of this."""

    status = 409
    code = "recital_closed"

    def __init__(self, status: RecitalStatus, last_sequence: int | None) -> None:
        end = "" if last_sequence is None or last_sequence < 0 else f" It ends with slice {last_sequence}."
        super().__init__(f"This recital is {status}.{end} Begin a new one for what is to be added.")


class SliceDiffers(Problem):
    """Other bytes are there under this number."""

    status = 409
    code = "slice_differs"

    def __init__(self, sequence: int) -> None:
        super().__init__(f"Slice {sequence} is there with other bytes, and stays. Send these as another one.")


class SegmentDiffers(Problem):
    """Another text, or another end, is there under this index."""

    status = 409
    code = "segment_differs"

    def __init__(self, index: int) -> None:
        super().__init__(f"Text segment {index} is there already, and differs. Send this one under another index.")


class SlicesMissing(Problem):
    """The end is known, and what comes before it is not all there."""

    status = 409
    code = "slices_missing"

    def __init__(self, missing: Sequence[int], count: int) -> None:
        named = ", ".join(map(str, missing[:20]))
        super().__init__(
            f"{count:,} slices are missing, beginning with: {named}. Send them; the last of them ends the recital.",
            missing=list(missing),
            missing_count=count,
        )


class SliceTypeNotAccepted(Problem):
    """It is not what recorders of browsers make."""

    status = 415
    code = "slice_type_not_accepted"

    def __init__(self, content_type: str, accepted: Sequence[str]) -> None:
        super().__init__(f"{content_type!r} is not taken. Send slices as one of: {', '.join(accepted)}.")


class SliceIncomplete(Problem):
    """The bytes broke off, or came too slowly (RFC 9110, section 15.5.9)."""

    status = 408
    code = "slice_incomplete"

    def __init__(self) -> None:
        super().__init__("Not all bytes of the slice came in time, and none is kept. Send it again.")


class DigestMismatch(Problem):
    """The bytes are not those that the `Content-Digest` speaks of (RFC 9530)."""

    status = 422
    code = "digest_mismatch"

    def __init__(self) -> None:
        super().__init__("The bytes don't have the SHA-256 that Content-Digest names. None is kept; send them again.")


class RecitalNotReady(Problem):
    """What is asked for is not made yet, or never will be."""

    status = 409
    code = "not_ready"

    def __init__(self, status: RecitalStatus) -> None:
        super().__init__(f"This recital is {status}, and has no such file. Its files are made once it has ended.")
