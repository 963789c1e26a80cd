"""What a media item is to its owner, and where it is from."""

from enum import StrEnum


class MediaKind(StrEnum):
    """What a media item is to its owner."""

    AUDIO = "audio"
    VIDEO = "video"
    IMAGE = "image"


class Pictures(StrEnum):
    """How far what is to be seen of an item has come."""

    NONE = "none"
    UNDER_WAY = "under_way"
    READY = "ready"
    FAILED = "failed"


class Origin(StrEnum):
    """How a media item came."""

    UPLOAD = "upload"
    RECITAL = "recital"
