"""Paragraphs into sentences, in any language."""

# ruff: noqa: RUF001 - these marks are meant

import re
from collections.abc import Iterator

from sentencex import segment

from server.documents.characters import can_be_read

LONGEST = 300
"""Characters of a sentence; more is hard to read without a mistake, and to read anew after one."""
SHORTEST = LONGEST // 3

INNER_QUOTE = re.compile(r'(?<=[\u0590-\u05ff])"(?=[\u0590-\u05ff])')
"""In Hebrew letters, the sign of an abbreviation that keyboards give as a quotation mark, as in צה"ל."""
INITIAL = re.compile(r"^\W*\w{1,2}[.)]\s*$|(^|\s)[\u0620-\u064a]\.\s*$")
"""What ends with an abbreviation or a number rather than a sentence: "M. Dupont", "1. First", and in Arabic a title
of one letter wherever it stands."""
CLOSING = re.compile(r"""^[)\]}»”’"'״׳]+(?=\s|$)""")
CLAUSE = re.compile(r"[,;:،؛，；：、—–](?=\s|[、，；：])|[、，；：]")
WORD = re.compile(r"\s")


def split(paragraph: str, language: str) -> Iterator[str]:
    """Yield the sentences of a paragraph, none longer than `LONGEST`.

    Nothing but white space is lost between them. What is too long is cut after a clause, else between words, and in
    writing without spaces between two letters.

    Args:
        paragraph: tidied text; a line feed ends a sentence.
        language: BCP 47; of a language that isn't known, the rules of English are used.
    """
    for line in paragraph.split("\n"):
        for sentence in _whole(_pieces(line, language)):
            yield from filter(can_be_read, _cut(sentence))


def _pieces(line: str, language: str) -> Iterator[str]:
    # Of the same length, so that what is split can be found again in the line itself.
    shadow = INNER_QUOTE.sub("״", line)
    start = 0
    for piece in segment(language.partition("-")[0].lower(), shadow):
        yield line[start : start + len(piece)]
        start += len(piece)


def _whole(pieces: Iterator[str]) -> Iterator[str]:
    """Put together what the splitter parts though it belongs together."""
    held = ""
    for piece in pieces:
        closing = CLOSING.match(piece)
        if closing:
            held += closing[0]
            piece = piece[closing.end() :]  # noqa: PLW2901 - the rest of it
        if held and can_be_read(piece) and can_be_read(held) and not INITIAL.search(held):
            yield held.strip()
            held = ""
        held += piece
    if can_be_read(held):
        yield held.strip()


def _cut(sentence: str) -> Iterator[str]:
    start = 0
    while len(sentence) - start > LONGEST:
        end = _last(CLAUSE, sentence, start) or _last(WORD, sentence, start) or _between_letters(sentence, start)
        yield sentence[start:end].strip()
        start = end
    yield sentence[start:].strip()


def _last(mark: re.Pattern[str], sentence: str, start: int) -> int | None:
    ends = [found.end() for found in mark.finditer(sentence, start + SHORTEST, start + LONGEST)]
    return ends[-1] if ends else None


def _between_letters(sentence: str, start: int) -> int:
    """Find a place that parts no letter from the marks on it."""
    longest = start + LONGEST
    return next((end for end in range(longest, start + SHORTEST, -1) if sentence[end].isalnum()), longest)
