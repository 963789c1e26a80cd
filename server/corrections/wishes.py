"""What an editor may ask for, as it comes over the wire."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from server.users.schemas import one_line

LONGEST_TEXT = 5_000
"""Characters of one segment."""
MOST_OPERATIONS = 200
LONGEST_MS = 2**53

_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def _text(text: str) -> str:
    text = _LINE_BREAKS.sub("\n", text)
    if _CONTROLS.search(text):
        raise ValueError("text without control characters other than tabs and line feeds")
    return text


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT),
    AfterValidator(_text),
]
Speaker = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(one_line)
]
Milliseconds = Annotated[int, Field(ge=0, le=LONGEST_MS)]
Index = Annotated[
    int, Field(ge=0, lt=2**31, description="Of a segment, from 0, as the operations before this one left it.")
]


class Operation(BaseModel, extra="forbid"):
    """One step of an edit; characters are counted as Unicode code points."""


class Change(Operation):
    """Give a segment another text, other times or another speaker; what is left out stays."""

    op: Literal["change"]
    segment: Index
    text: Text | None = Field(None, description="Words that stay keep their times.", examples=["Good morning, Ada."])
    start_ms: Milliseconds | None = None
    end_ms: Milliseconds | None = None
    speaker: Speaker | None = Field(None, description="null: nobody is named.")


class Split(Operation):
    """Make two segments of one."""

    op: Literal["split"]
    segment: Index
    at: int = Field(gt=0, lt=LONGEST_TEXT, description="How many characters of its text the first one gets.")
    at_ms: Milliseconds | None = Field(None, description="By default between the words, as their times are.")


class Merge(Operation):
    """Make one segment of this and the one after it; where they have different speakers, it has the first one's."""

    op: Literal["merge"]
    segment: Index


class Remove(Operation):
    """Take a segment out."""

    op: Literal["remove"]
    segment: Index


class Insert(Operation):
    """Put a new segment in."""

    op: Literal["insert"]
    after: int = Field(ge=-1, lt=2**31, description="The segment that it follows; -1: it comes first.")
    start_ms: Milliseconds
    end_ms: Milliseconds
    text: Text
    speaker: Speaker | None = None


class ReplaceAll(Operation):
    """Replace a text wherever it stands within a segment; a segment of which nothing is left is taken out."""

    op: Literal["replace_all"]
    find: Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(_text)] = Field(
        description="As it stands: no pattern.", examples=["Dashwoods"]
    )
    replacement: Annotated[str, StringConstraints(max_length=500), AfterValidator(_text)] = Field(
        examples=["Dashwood’s"]  # noqa: RUF001 - as it is printed
    )
    match_case: bool = False
    whole_words: bool = False


class RenameSpeaker(Operation):
    """Give a speaker another name, in every segment."""

    op: Literal["rename_speaker"]
    speaker: Speaker = Field(examples=["1"])
    name: Speaker = Field(examples=["Elinor"])


AnyOperation = Annotated[
    Change | Split | Merge | Remove | Insert | ReplaceAll | RenameSpeaker, Field(discriminator="op")
]


class EditWish(BaseModel, extra="forbid"):
    """Operations that are applied one after the other, all or none, and make one new version."""

    operations: list[AnyOperation] = Field(
        min_length=1,
        max_length=MOST_OPERATIONS,
        examples=[
            [
                {"op": "change", "segment": 0, "text": "Good morning, Ada.", "speaker": "Charles"},
                {"op": "replace_all", "find": "Dashwoods", "replacement": "Dashwood"},
            ]
        ],
    )
