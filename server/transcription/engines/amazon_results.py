"""From the document that Amazon Transcribe writes to the segments that every engine gives."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from server.transcription.engines.amazon_document import Document, Item, Results, SpeakerLabels
from server.transcription.engines.amazon_languages import language_tag
from server.transcription.engines.amazon_sentences import Spoken, sentences
from server.transcription.engines.base import Segment

_FINAL_MARKS = tuple(".?!…。？！．؟۔।॥։።။។")  # noqa: RUF001 - the full stops of many scripts
_OPENING_MARKS = {"¿", "¡"}
_OPENING_CATEGORIES = {"Ps", "Pi"}  # Unicode's opening brackets and quotes


class NotUnderstood(Exception):  # noqa: N818 - it says what happened
    """The document is no transcript."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was said in one recording; `language` is the BCP-47 primary language where the document tells."""

    language: str | None
    segments: list[Segment]


def parse(body: bytes) -> Parsed:
    """Read a transcript; one without words has no segments.

    Speakers are counted from 1. A word without a confidence has 0, as nobody vouches for it, and leaves that of its
    segment alone.

    Raises:
        NotUnderstood: it is none.
    """
    try:
        results = Document.model_validate_json(body).results
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        raise NotUnderstood(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error
    return Parsed(_language(results), list(sentences(_spoken(results))))


def _language(results: Results) -> str | None:
    """Tell the one language, or of several the one that is spoken longest."""
    longest = max(results.language_codes, key=lambda share: share.duration_in_seconds, default=None)
    code = results.language_code or (longest.language_code if longest else None)
    return language_tag(code) if code else None


def _spoken(results: Results) -> list[Spoken]:
    """Give the words in order, each with the marks that belong to it."""
    speakers = _speakers(results.speaker_labels)
    spoken: list[Spoken] = []
    opening = ""
    for item, space in zip(results.items, _spaces(results), strict=True):
        mark = item.best.content
        if not mark:
            continue
        if item.is_word:
            after_ms = spoken[-1].end_ms if spoken else 0
            spoken.append(_word(item, opening + space, after_ms, speakers))
            opening = ""
        elif spoken and not _opens(mark):
            spoken[-1] = spoken[-1].followed_by(space + mark, is_final=mark.endswith(_FINAL_MARKS))
        else:
            opening += space + mark
    return spoken


def _opens(mark: str) -> bool:
    return mark in _OPENING_MARKS or unicodedata.category(mark[0]) in _OPENING_CATEGORIES


def _word(item: Item, before: str, after_ms: int, speakers: Mapping[float, str]) -> Spoken:
    """Place a word, not before `after_ms`, with the opening marks `before` it."""
    start_ms = after_ms if item.start_time is None else max(round(item.start_time * 1000), after_ms)
    end_ms = start_ms if item.end_time is None else max(round(item.end_time * 1000), start_ms)
    marked = before + item.best.content
    label = item.speaker_label or speakers.get(item.start_time or 0.0)
    return Spoken(
        start_ms=start_ms,
        end_ms=end_ms,
        text=marked.lstrip(),
        space=marked[: len(marked) - len(marked.lstrip())],
        confidence=item.confidence,
        speaker=_name(label) if label else None,
    )


def _spaces(results: Results) -> Iterator[str]:
    """Give what stands before each item: the whole text knows, as not every script parts its words.

    Where the text and the items part ways, a space stands before every word.
    """
    text = " ".join(" ".join(part.transcript.split()) for part in results.transcripts)
    at = 0
    for item in results.items:
        space = " " if text.startswith(" ", at) else ""
        if text.startswith(item.best.content, at + len(space)):
            at += len(space) + len(item.best.content)
            yield space
        else:
            yield " " if item.is_word else ""


def _speakers(labels: SpeakerLabels) -> dict[float, str]:
    return {turn.start_time: turn.speaker_label for segment in labels.segments for turn in segment.items}


def _name(label: str) -> str:
    """Name a speaker: `spk_0` is Speaker 1."""
    number = label.rpartition("_")[2]
    return f"Speaker {int(number) + 1}" if number.isdecimal() else label
