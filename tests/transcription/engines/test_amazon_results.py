"""Amazon Transcribe's documents, read as segments."""

import itertools
import json

import pytest

from server.transcription.engines.amazon_results import NotUnderstood, parse
from server.transcription.engines.amazon_sentences import LONGEST_MS
from server.transcription.engines.base import Segment, Word
from tests.transcription.engines.amazon_documents import (
    HOLD,
    HOLD_SPEAKERS,
    HOLD_TEXT,
    Part,
    document,
    mark,
    word,
)


def texts(body: bytes) -> list[str]:
    """What the segments say."""
    return [segment.text for segment in parse(body).segments]


def test_sentences_with_their_words() -> None:
    """Seconds in strings become milliseconds, marks join the word before, and full stops part segments."""
    first, second = parse(document(HOLD_TEXT, HOLD)).segments
    assert (first.start_ms, first.end_ms, first.text) == (4870, 6880, "I've been on hold for an hour.")
    assert first.words[-1] == Word(6260, 6880, "hour.", 0.9)
    assert second == Segment(
        8490,
        9240,
        "Sorry about that.",
        (Word(8490, 8880, "Sorry", 1.0), Word(8880, 9050, "about", 0.5), Word(9050, 9240, "that.", 1.0)),
        confidence=0.833,
    )


@pytest.mark.parametrize("place", ["labels", "items", "both"])
def test_speakers_in_their_older_and_newer_place(place: str) -> None:
    """Speakers stand in a table of their own, with every item, or in both; we count from 1."""
    labels = ["spk_0"] * 8 + ["spk_1"] * 4
    labelled = [item | {"speaker_label": label} for item, label in zip(HOLD, labels, strict=True)]
    items = HOLD if place == "labels" else labelled
    results = {} if place == "items" else {"speaker_labels": HOLD_SPEAKERS}
    segments = parse(document(HOLD_TEXT, items, **results)).segments
    assert [(segment.speaker, segment.start_ms) for segment in segments] == [("Speaker 1", 4870), ("Speaker 2", 8490)]


def test_another_speaker_begins_another_segment() -> None:
    """Who is interrupted gets no full stop."""
    items = [word("0.0", "0.4", "Well", speaker_label="spk_1"), word("0.4", "0.9", "No", speaker_label="spk_0")]
    segments = parse(document("Well No", items)).segments
    assert [(segment.speaker, segment.text) for segment in segments] == [("Speaker 2", "Well"), ("Speaker 1", "No")]


@pytest.mark.parametrize(
    ("results", "language"),
    [
        ({}, None),
        ({"language_code": "en-GB", "language_identification": [{"score": "0.9883", "code": "en-GB"}]}, "en"),
        ({"language_code": "zh-HK"}, "yue"),
        (
            {
                "language_codes": [
                    {"language_code": "en-US", "duration_in_seconds": 2.45},
                    {"language_code": "hi-IN", "duration_in_seconds": "5.325"},
                ]
            },
            "hi",
        ),
    ],
)
def test_language_that_was_found(results: Part, language: str | None) -> None:
    """One language is told by its code; of several, the one spoken longest counts."""
    assert parse(document(HOLD_TEXT, HOLD, **results)).language == language


def test_redacted_words() -> None:
    """What was hidden stays in its place and time, as sure as it is personal data."""
    hidden = {"content": "[PII]", "redactions": [{"confidence": "0.9999", "type": "NAME", "category": "PII"}]}
    items = [
        word("2.0", "2.5", "I'm"),
        {"start_time": "2.5", "end_time": "3.35", "alternatives": [hidden], "type": "pronunciation"},
        mark("."),
    ]
    (segment,) = parse(document("I'm [PII].", items)).segments
    assert (segment.text, segment.words[1]) == ("I'm [PII].", Word(2500, 3350, "[PII].", 0.9999))


def test_first_of_several_readings() -> None:
    """The likeliest reading comes first; the others, also those by segments, are left."""
    readings = [{"confidence": "0.6", "content": "Eight"}, {"confidence": "0.4", "content": "Ate"}]
    item = {"start_time": "0.5", "end_time": "1.0", "alternatives": readings, "type": "pronunciation"}
    others = [{"transcript": "Eight", "items": [item]}, {"transcript": "Ate", "items": [item]}]
    body = document("Eight", [item], segments=[{"start_time": "0.5", "end_time": "1.0", "alternatives": others}])
    assert parse(body).segments == [Segment(500, 1000, "Eight", (Word(500, 1000, "Eight", 0.6),), 0.6)]


@pytest.mark.parametrize("transcripts", [[{"transcript": ""}], []])
def test_silence(transcripts: list[Part]) -> None:
    """Nobody spoke: there are no segments."""
    assert parse(json.dumps({"results": {"transcripts": transcripts, "items": []}}).encode()).segments == []


def test_right_to_left() -> None:
    """Words stay in the order in which they are spoken, with their marks."""
    items = [word("0.1", "0.6", "שלום"), mark(","), word("0.7", "1.2", "עולם"), mark("?"), word("1.3", "1.9", "כן")]
    assert texts(document("שלום, עולם? כן", items)) == ["שלום, עולם?", "כן"]


@pytest.mark.parametrize(
    ("whole", "items", "parts"),
    [
        ("今天好。我用 Python", "今天 好 。 我 用 Python", ["今天好。", "我用 Python"]),
        ("मैं हूँ । तुम", "मैं हूँ । तुम", ["मैं हूँ ।", "तुम"]),
        ("Hola. ¿Qué tal? ¡Bien!", "Hola . ¿ Qué tal ? ¡ Bien !", ["Hola.", "¿Qué tal?", "¡Bien!"]),
        ("another text altogether", "one two . three", ["one two.", "three"]),
    ],
)
def test_spaces_are_those_of_the_whole_text(whole: str, items: str, parts: list[str]) -> None:
    """Not every script parts its words, nor every mark from them; where the whole text doesn't tell, spaces do."""
    listed = [
        mark(content) if content in "。।¿¡?!." else word(f"{at / 10}", f"{at / 10 + 0.1}", content)
        for at, content in enumerate(items.split())
    ]
    assert texts(document(whole, listed)) == parts


def test_words_without_confidence_or_times() -> None:
    """Nobody vouches for a word without a confidence; without times it stands where the last one ended.

    One without any reading is none.
    """
    bare = {"alternatives": [{"content": "there"}], "type": "pronunciation"}
    unread = {"alternatives": [], "type": "pronunciation", "start_time": "1.5", "end_time": "2.0"}
    (segment,) = parse(document("Hi there", [word("1.0", "1.5", "Hi", "0.8"), unread, bare])).segments
    assert segment.words == (Word(1000, 1500, "Hi", 0.8), Word(1500, 1500, "there", 0.0))
    assert segment.confidence == 0.8


def test_words_that_overlap_are_put_in_order() -> None:
    """No word begins before the last one has ended, nor ends before it begins."""
    items = [word("1.0", "1.5", "one"), word("1.2", "1.4", "two"), word("1.3", "1.9", "three")]
    (segment,) = parse(document("one two three", items)).segments
    assert [(said.start_ms, said.end_ms) for said in segment.words] == [(1000, 1500), (1500, 1500), (1500, 1900)]


def test_long_pause_parts() -> None:
    """Who says nothing for long has ended the sentence, whatever the marks."""
    items = [word("1.0", "1.5", "one"), word("2.9", "3.5", "two"), word("5.0", "5.5", "three")]
    assert texts(document("one two three", items)) == ["one two", "three"]


def test_four_hours_without_a_full_stop() -> None:
    """Four hours keep all their words, in order and in segments of bounded length."""
    said = [f"w{second}" for second in range(4 * 3600)]
    items = [word(f"{second}.1", f"{second}.9", content) for second, content in enumerate(said)]
    segments = parse(document(" ".join(said), items)).segments
    assert [spoken.text for segment in segments for spoken in segment.words] == said
    assert max(segment.end_ms - segment.start_ms for segment in segments) <= LONGEST_MS
    assert all(before.end_ms <= after.start_ms for before, after in itertools.pairwise(segments))


@pytest.mark.parametrize(
    "body",
    [b"", b"not json", b"[]", b"{}", b'{"results": {}}', document("x", [word("soon", "2", "x")])],
)
def test_anything_else_is_not_understood(body: bytes) -> None:
    """What is no transcript is not taken for an empty one."""
    with pytest.raises(NotUnderstood):
        parse(body)
