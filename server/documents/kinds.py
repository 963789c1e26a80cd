"""What a document is made of, as far as those who know nothing of rows have to know it."""

from enum import IntEnum, StrEnum

MOST_SENTENCES = 300_000


class Origin(StrEnum):
    """Where a document's text came from."""

    TEXT = "text"
    FILE = "file"
    WIKIPEDIA = "wikipedia"


class Form(StrEnum):
    """How a text is written; `article` is HTML of which only the prose is wanted."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    ARTICLE = "article"


class Verdict(IntEnum):
    """How the process that reads a text ends; by any other status, it failed."""

    READ = 0
    WRONG_CHARSET = 3
    NO_TEXT = 4
    EMPTY = 5
    TOO_MANY = 6
