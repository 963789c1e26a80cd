"""What people make of their results, as it goes over the wire: titles, tags, notes, and many as one file."""

import unicodedata
from collections.abc import Sequence
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from server.documents.schemas import Title
from server.preconditions import entity_tag
from server.transcription.formats import Extension
from server.users.schemas import one_line

MOST_TAGS = 20
MOST_TAGGED, MOST_EXPORTED = 500, 1_000
"""Results of one request."""


def fold(tag: str) -> str:
    """Return that by which tags are the same: whatever their case, and whichever marks of direction came with them."""
    seen = "".join(letter for letter in tag if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFC", seen.casefold())


def _each_once(tags: Sequence[str]) -> list[str]:
    """Keep of those that are the same the first."""
    return list({fold(tag): tag for tag in reversed(tags)}.values())[::-1]


def _seen(tag: str) -> str:
    if not fold(tag).strip():
        raise ValueError("a tag that can be seen")
    return tag


def _text(text: str) -> str:
    if "\0" in text:
        raise ValueError("text without NUL characters")
    return text


Tag = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=50),
    AfterValidator(one_line),
    AfterValidator(_seen),
]
Tags = Annotated[
    list[Tag],
    Field(max_length=MOST_TAGS, description="Each once, whatever its case.", examples=[["interview", "2026"]]),
    AfterValidator(_each_once),
]
Notes = Annotated[str, Field(max_length=10_000), AfterValidator(_text)]


class ResultEdit(BaseModel, extra="forbid"):
    """What is to be changed of a result; what is left out stays."""

    title: Title = Field("", validate_default=False)
    tags: Tags = Field([], validate_default=False, description="In the place of those that it had.")
    notes: Notes = ""


class ResultLabels(BaseModel, from_attributes=True):
    """What people have made of a result; its `ETag` is the revision that a change has to name."""

    id: UUID
    title: str
    tags: list[str]
    notes: str
    revision: int = Field(description="Raised by every change of the title, the tags or the notes.")

    @property
    def etag(self) -> str:
        """The entity tag (RFC 9110, section 8.8.3)."""
        return entity_tag(self.revision)


class TagsEdit(BaseModel, extra="forbid"):
    """Which results get and lose which tags."""

    ids: list[UUID] = Field(min_length=1, max_length=MOST_TAGGED, description="Of results; others' are passed over.")
    add: Tags = []
    remove: Tags = []

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if not self.add and not self.remove:
            raise ValueError("give tags to add or to remove")
        if set(map(fold, self.add)) & set(map(fold, self.remove)):
            raise ValueError("a tag is either added or removed")
        return self


class TagsChanged(BaseModel):
    """What came of that."""

    changed: int = Field(description="How many results have other tags now.")


class TagCount(BaseModel):
    """A tag, and how many of the caller's results have it."""

    tag: str
    count: int


class TagList(BaseModel):
    """The caller's tags, the commonest first."""

    items: list[TagCount]


class BundleWish(BaseModel, extra="forbid"):
    """Which results are wanted as one file, and in which formats."""

    ids: list[UUID] = Field(min_length=1, max_length=MOST_EXPORTED, description="Of results, in whichever order.")
    formats: list[Extension] = Field(min_length=1, max_length=6, examples=[["docx", "srt"]])
