"""Read a text on its own: `python -m server.documents.reading_child FORM CHARSET LANGUAGE SPOKEN`.

It reads the file `source` of its working folder. Of each thousand sentences it prints an array as JSON, one a line,
and at the end an object with what there is to know of the whole. An empty argument is one that is not known. The exit
status says what is wrong with the text.
"""

import json
import re
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from server.documents.characters import NoText, can_be_read, tidy
from server.documents.charsets import UnknownCharset, decode
from server.documents.extraction import Extract, extract
from server.documents.kinds import MOST_SENTENCES, Form, Verdict
from server.documents.languages import of_letters
from server.documents.splitting import split

BATCH = 1_000
LONGEST_TITLE = 300
SAMPLE = 20
"""Paragraphs by which the language is told."""
TAG = re.compile(r"(?=.{2,35}$)[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""As people may say it."""


def main(form: Form, charset: str | None, language: str | None, spoken: str | None) -> Verdict:
    """Print the sentences of one text; return the exit status."""
    content = Path("source").read_bytes()
    try:
        text = decode(content, charset, is_html=form in {Form.HTML, Form.ARTICLE})
        extracted = extract(text, form)
    except UnknownCharset as unknown:
        sys.stderr.write(unknown.charset)
        return Verdict.WRONG_CHARSET
    except NoText:
        return Verdict.NO_TEXT
    return _print(extracted, language, spoken)


def _print(extracted: Extract, language: str | None, spoken: str | None) -> Verdict:
    paragraphs = filter(can_be_read, map(tidy, extracted.paragraphs))
    sample = list(islice(paragraphs, SAMPLE))
    if not sample:
        return Verdict.EMPTY
    known = language or _tag(extracted.language) or of_letters("\n".join(sample)) or spoken
    sentences = _numbered(chain(sample, paragraphs), known or "en")
    count = characters = 0
    while batch := list(islice(sentences, BATCH)):
        count += len(batch)
        characters += sum(len(str(sentence["text"])) for sentence in batch)
        if count > MOST_SENTENCES:
            return Verdict.TOO_MANY
        _say(batch)
    title = tidy(extracted.title or "").replace("\n", " ") or sample[0].partition("\n")[0]
    summary = {"sentence_count": count, "character_count": characters}
    _say({"title": title[:LONGEST_TITLE], "language": known} | summary)
    return Verdict.READ


def _say(answer: object) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")


def _numbered(paragraphs: Iterator[str], language: str) -> Iterator[dict[str, int | str]]:
    sentences = (
        (paragraph, sentence) for paragraph, text in enumerate(paragraphs) for sentence in split(text, language)
    )
    for index, (paragraph, sentence) in enumerate(sentences):
        yield {"index": index, "paragraph": paragraph, "text": sentence}


def _tag(language: str | None) -> str | None:
    return language if language and TAG.fullmatch(language) else None


if __name__ == "__main__":
    form, *known = sys.argv[1:]
    sys.exit(main(Form(form), *(argument or None for argument in known)))
