"""The only table of what an upload may become."""

from enum import StrEnum


class UploadStatus(StrEnum):
    """How an upload stands."""

    PENDING = "pending"
    UPLOADED = "uploaded"
    REJECTED = "rejected"
    ABORTED = "aborted"
    EXPIRED = "expired"


class Method(StrEnum):
    """How the bytes are sent: one form, or parts."""

    POST = "post"
    MULTIPART = "multipart"


TRANSITIONS: dict[UploadStatus, frozenset[UploadStatus]] = {
    UploadStatus.PENDING: frozenset(
        {UploadStatus.UPLOADED, UploadStatus.REJECTED, UploadStatus.ABORTED, UploadStatus.EXPIRED}
    ),
    UploadStatus.EXPIRED: frozenset({UploadStatus.UPLOADED, UploadStatus.REJECTED}),  # the bytes turn out to be there
    UploadStatus.UPLOADED: frozenset(),
    UploadStatus.REJECTED: frozenset(),
    UploadStatus.ABORTED: frozenset(),
}
