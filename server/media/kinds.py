"""What a media item is to its owner."""

from enum import StrEnum


class MediaKind(StrEnum):
    """What a media item is to its owner."""

    AUDIO = "audio"
    VIDEO = "video"
    IMAGE = "image"
