"""The files of a recital in the bucket of content, by the names that they have for good."""

from enum import StrEnum
from uuid import UUID

TYPES = {
    "vtt": "text/vtt",
    "webm": "audio/webm",
    "mp4": "audio/mp4",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
}
"""What the files are, by how their names end; whatever a client said of its slices, this is what is told."""


class File(StrEnum):
    """The sound as it was recorded; as far as it was read; the same for every player; the text with its times."""

    TRANSCRIPT = "transcript"
    SOURCE = "source"
    MAIN = "main"
    LIGHT = "light"


def prefix(recital_id: UUID) -> str:
    """Return how the keys of a recital's files begin."""
    return f"{recital_id}/"


def key(recital_id: UUID, file: File, extension: str) -> str:
    """Return the key of one of a recital's files."""
    return f"{prefix(recital_id)}{file}.{extension}"


def recital_of(key: str) -> UUID | None:
    """Return the recital that a key of the bucket of content is a file of, if it is one."""
    folder, _, name = key.partition("/")
    if name.partition(".")[0] not in set(File):
        return None
    try:
        return UUID(folder)
    except ValueError:
        return None
