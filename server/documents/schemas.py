"""Documents as they go over the wire."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from server.documents.kinds import Origin
from server.preconditions import entity_tag
from server.users.schemas import Language, one_line

MOST_SHOWN = 500
"""Sentences of one page."""


def _text(text: str) -> str:
    if "\0" in text:
        raise ValueError("text without NUL characters")
    return text


Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(one_line)]
Text = Annotated[
    str,
    Field(
        min_length=1,
        description="Plain text; an empty line ends a paragraph.",
        examples=["It was late. Nobody came."],
    ),
    AfterValidator(_text),
]
TITLE = "By default the text's own: its heading, its article's name, or how it begins."
LANGUAGE = "BCP 47; by default what the text says of itself, or else looks like."
PUBLIC = "true: everybody may read it aloud; false: you alone."


class DocumentWish(BaseModel, extra="forbid"):
    """A document to be added: a text, or the address of a Wikipedia article."""

    title: Title | None = Field(None, description=TITLE, examples=["A late evening"])
    language: Language | None = Field(None, description=LANGUAGE, examples=["en"])
    is_public: bool = Field(False, description=PUBLIC)  # noqa: FBT003 - pydantic's default
    text: Text | None = None
    url: str | None = Field(
        None,
        max_length=2_000,
        description="Of an article in any language. Give this or `text`.",
        examples=["https://he.wikipedia.org/wiki/ירושלים"],
    )

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.text is None) == (self.url is None):
            raise ValueError("give either text or url")
        return self


class FileWish(BaseModel):
    """A file to be added, known by its type and its digest."""

    title: Title | None = None
    language: Language | None = None
    is_public: bool = False
    content_type: str
    sha256: str


class DocumentEdit(BaseModel, extra="forbid"):
    """What is to be changed; what is left out stays."""

    title: Title = Field("", validate_default=False)
    language: Language = Field("", validate_default=False)
    is_public: bool = Field(False, description=PUBLIC)  # noqa: FBT003 - pydantic's default
    text: Text = Field("", validate_default=False, description="In the place of all that it had.")
    archived: bool = Field(
        False,  # noqa: FBT003 - pydantic's default
        description="true: it is offered to nobody any more; what was recited of it stays.",
    )


class DocumentSummary(BaseModel, from_attributes=True):
    """A document without its sentences, and how much of it has been read."""

    id: UUID
    title: str
    language: str
    origin: Origin
    source_url: str | None = Field(description="Of the article, where it came from one.")
    is_public: bool
    is_mine: bool
    sentence_count: int
    character_count: int
    read_sentence_count: int = Field(description="Sentences that anybody has read.")
    my_read_sentence_count: int = Field(description="Sentences that you have read.")
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Document(DocumentSummary):
    """A document; its `ETag` is the revision that an edit has to name."""

    revision: int = Field(description="Raised by every edit.")

    @property
    def etag(self) -> str:
        """The entity tag (RFC 9110, section 8.8.3)."""
        return entity_tag(self.revision)


class DocumentPage(BaseModel):
    """Some documents, the newest first."""

    items: list[DocumentSummary]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


class SentenceShown(BaseModel, from_attributes=True):
    """One sentence, and whether it has been read."""

    index: int = Field(description="From 0, through the whole document.")
    paragraph: int = Field(description="From 0.")
    text: str
    is_read: bool
    is_read_by_me: bool


class SentencePage(BaseModel):
    """Some sentences, in order."""

    items: list[SentenceShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


class ReaderShown(BaseModel, from_attributes=True):
    """Somebody who has read of a document."""

    id: UUID
    name: str | None = Field(description="As far as you may know it.")
    sentence_count: int
    recital_count: int


class ReaderPage(BaseModel):
    """Some readers, those who came last first."""

    items: list[ReaderShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")
