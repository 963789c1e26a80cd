"""Transcripts that are corrected, and their versions, as they go over the wire."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from server.transcription.schemas import SegmentShown, WordShown


class TranscriptText(BaseModel):
    """What a version of a transcript says."""

    id: UUID = Field(description="The transcript's.")
    version: int = Field(description="0: as the engine heard it.")
    segments: list[SegmentShown]
    words: list[WordShown]


class PatchShown(BaseModel):
    """Some segments in the place of others. Patches are applied in their order, each to what those before it left."""

    first: int = Field(description="The index from which on segments are taken out, and put in.")
    removed: int = Field(description="How many are taken out.")
    segments: list[SegmentShown] = Field(description="What is put in.")
    words: list[WordShown]


class Edited(BaseModel):
    """What an edit came to; where it changed nothing, the version is the one that it was."""

    version: int
    patches: list[PatchShown]


class Author(BaseModel):
    """Who made a version."""

    id: UUID
    name: str | None


class Summary(BaseModel):
    """How many segments a version changed, added and took out."""

    changed: int
    added: int
    removed: int


class VersionShown(BaseModel):
    """A version of a transcript; number 0 is the engine's."""

    number: int
    author: Author | None = Field(description="null: the engine, or somebody who has left.")
    created_at: datetime
    summary: Summary
    restored_from: int | None = Field(description="The version that it brought back, where it is such a one.")


class VersionPage(BaseModel):
    """Some versions, newest first."""

    items: list[VersionShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


class DifferenceKind(StrEnum):
    """How what stands beside each other compares."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Difference(BaseModel):
    """A segment of one version beside what is in its place in the other."""

    kind: DifferenceKind
    before: SegmentShown | None = Field(description="null where it was added.")
    after: SegmentShown | None = Field(description="null where it was removed.")


class Comparison(BaseModel):
    """Two versions side by side, in order."""

    items: list[Difference]
