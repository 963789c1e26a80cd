"""Which characters of a text are kept, and how they are written."""

import re
import unicodedata

LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028]")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
UNSEEN = re.compile(r"[\u00ad\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
"""What is not kept: soft hyphens, byte order marks, annotations, and the embeddings, overrides and isolates of
bidirectional text, which come in pairs that splitting would part. Marks (U+200E, U+200F, U+061C) and joiners stay:
they belong to the letters beside them (Unicode Standard Annex 9, 2.7)."""


class NoText(Exception):  # noqa: N818 - what it turned out to be
    """There are control characters in it, as no text has them."""


def break_lines(text: str) -> str:
    """Write every line break as a line feed, and U+2029 as an empty line.

    Raises:
        NoText: there are other control characters.
    """
    text = LINE_BREAKS.sub("\n", text).replace("\u2029", "\n\n")
    if CONTROLS.search(text):
        raise NoText
    return text


def without_controls(text: str) -> str:
    """Return what stands in a page, where a line's end is a blank and control characters are nothing."""
    return CONTROLS.sub("", LINE_BREAKS.sub(" ", text).replace("\n", " "))


def tidy(text: str) -> str:
    """Return a stretch of text composed (NFC), its white space as single blanks, line feeds kept."""
    composed = unicodedata.normalize("NFC", UNSEEN.sub("", text))
    lines = (" ".join(line.split()) for line in composed.split("\n"))
    return "\n".join(line for line in lines if line)


def can_be_read(text: str) -> bool:
    """Say whether there is a letter or a digit: what is all marks can't be read aloud."""
    return any(char.isalnum() for char in text)
