"""The times of corrected words."""

# ruff: noqa: RUF001 - signs of many scripts

from dataclasses import replace

import pytest

from server.corrections.alignment import realigned
from server.corrections.dividing import divided, united
from server.corrections.timing import retimed
from server.transcription.engines.base import Segment, Word
from tests.corrections.conftest import heard

BABBAGE = heard("Good morning, Mister Babbage.")
CHINESE = Segment(0, 600, "你好，世界。", (Word(0, 250, "你好，", 0.5), Word(300, 550, "世界。", 0.5)), 0.5)
BY_PARTS = Segment(
    0, 900, "mother-in-law", (Word(0, 250, "mother", 0.5), Word(300, 550, "-in", 0.5), Word(600, 850, "-law", 0.5)), 0.5
)


def told(segment: Segment) -> list[str]:
    """Tell words and times; what is sure has an exclamation mark."""
    return [f"{w.text} {w.start_ms}-{w.end_ms}{'!' * (w.confidence == 1)}" for w in segment.words]


@pytest.mark.parametrize(
    ("segment", "text", "words"),
    [
        (BABBAGE, "Good morning Mister Babbage!", "Good 0-250|morning 300-550|Mister 600-850|Babbage! 900-1150"),
        (BABBAGE, "Good evening, Mister Babbage.", "Good 0-250|evening, 300-550!|Mister 600-850|Babbage. 900-1150"),
        (BABBAGE, "Good morning, Mr B.", "Good 0-250|morning, 300-550|Mr 600-875!|B. 875-1150!"),
        (BABBAGE, "Oh good morning", "Oh 0-83!|good 83-250!|morning 300-550"),
        (BABBAGE, "Good, good morning, Mister", "Good, 0-250|good 250-300!|morning, 300-550|Mister 600-850"),
        (
            BABBAGE,
            "Good morning — Babbage. Ha",
            "Good 0-250|morning 300-550|— 600-850!|Babbage. 900-1150|Ha 1150-1200!",
        ),
        (BABBAGE, "שלום بابيج", "שלום 0-511!|بابيج 511-1150!"),
        (BABBAGE, "…", "… 0-1150!"),
        (CHINESE, "你好，新世界！", "你好， 0-250|新 250-300!|世界！ 300-550"),
        (CHINESE, "您好，世界。", "您 0-83!|好， 83-250!|世界。 300-550"),
        (BY_PARTS, "mother-in-laws", "mother 0-250|-in- 300-550|laws 600-850!"),
        (BY_PARTS, "The mother-in-law", "The 0-0!|mother 0-250|-in 300-550|-law 600-850"),
        (Segment(100, 700, "♪"), "one two", "one 100-400!|two 400-700!"),
    ],
)
def test_words_that_stay_keep_their_times(segment: Segment, text: str, words: str) -> None:
    """New ones have the time of those that they replace, or what lies between their neighbours."""
    corrected = realigned(segment, text)
    assert ("|".join(told(corrected)), corrected.text) == (words, text)


def test_a_segment_is_as_sure_as_its_words() -> None:
    """One word of four is what a person has written."""
    assert realigned(BABBAGE, "Good evening, Mister Babbage.").confidence == 0.625


def test_of_a_very_long_text_only_the_ends_are_compared() -> None:
    """What nobody could read through is not gone through."""
    words = [f"w{number}" for number in range(1200)]
    corrected = realigned(heard(" ".join(["a", *words, "z"])), " ".join(["a", *reversed(words), "z"]))
    assert [word.confidence for word in corrected.words] == [0.5, *[1.0] * 1200, 0.5]


def test_a_text_that_repeats_itself_is_not_compared_for_long() -> None:
    """What is alike can be paired in more ways than anybody has time for."""
    corrected = realigned(heard(" ".join(["la"] * 199)), " ".join(["ha", "la"] * 99))
    assert {word.confidence for word in corrected.words[:-1]} == {1.0}


@pytest.mark.parametrize(
    ("at", "at_ms", "parts"),
    [
        (14, None, "0-550 Good 0-250|morning, 300-550 / 600-1200 Mister 600-850|Babbage. 900-1150"),
        (14, 500, "0-500 Good 0-250|morning, 300-500 / 500-1200 Mister 600-850|Babbage. 900-1150"),
        (10, None, "0-456 Good 0-250|morni 300-456 / 456-1200 ng, 456-550|Mister 600-850|Babbage. 900-1150"),
    ],
)
def test_what_is_split_and_united_again_is_as_before(at: int, at_ms: int | None, parts: str) -> None:
    """Where words stay whole, and nobody has said when; the end of the second part is that of the whole."""
    first, second = divided(replace(BABBAGE, speaker="1"), at, at_ms)
    assert " / ".join(f"{s.start_ms}-{s.end_ms} {'|'.join(told(s))}" for s in (first, second)) == parts
    assert {first.speaker, second.speaker} == {"1"}
    whole = united(first, replace(second, speaker="2"))
    assert (whole == replace(BABBAGE, speaker="1")) == (parts.startswith("0-550"))


def test_chinese_is_joined_without_a_space() -> None:
    """As it is written; a segment without words brings none."""
    assert united(CHINESE, Segment(600, 700, "再见", speaker="2")).text == "你好，世界。再见"
    assert united(BABBAGE, Segment(1200, 1300, "再见", speaker="2")).speaker == "2"


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "words"),
    [
        (400, 1000, "Good 400-400|morning, 400-550|Mister 600-850|Babbage. 900-1000"),
        (1200, 2700, "Good 1200-1430|morning, 1430-1892|Mister 1892-2238|Babbage. 2238-2700"),
    ],
)
def test_words_stay_within_their_segment(start_ms: int, end_ms: int, words: str) -> None:
    """When it is moved away altogether, they share its new time."""
    assert "|".join(told(retimed(BABBAGE, start_ms, end_ms))) == words
