"""What a media item is to its owner, and where it is from."""

from enum import StrEnum


class MediaKind(StrEnum):
    """What a media item is to its owner."""

    AUDIO = "audio"
    VIDEO = "video"
    IMAGE = "image"


class Origin(StrEnum):
    """How a media item came."""

    UPLOAD = "upload"
    RECITAL = "recital"
