"""Whisper's times on the recording's clock."""

from dataclasses import dataclass

import numpy as np

from server.transcription.engines.base import Segment, Word
from server.transcription.engines.placement import RawWord, place
from server.transcription.engines.windows import RATE, Window

WINDOW = Window(100 * RATE, np.zeros(10 * RATE, np.int16))


@dataclass
class Said:
    """A word as the model gives it."""

    start: float
    end: float
    word: str
    probability: float = 0.5


@dataclass
class Sentence:
    """A segment as the model gives it."""

    start: float
    end: float
    text: str
    words: list[RawWord] | None = None


def test_seconds_of_the_window_become_milliseconds_of_the_recording() -> None:
    """A window's beginning is added, and text loses the spaces around it."""
    raw = Sentence(1.0, 2.0, " Good morning.", [Said(1.0, 1.5, " Good", 0.9), Said(1.6, 2.0, " morning.", 0.8)])
    assert place(raw, WINDOW, 0) == Segment(
        101_000,
        102_000,
        "Good morning.",
        (Word(101_000, 101_500, "Good", 0.9), Word(101_600, 102_000, "morning.", 0.8)),
        0.85,
    )


def test_overlaps_give_way_to_order() -> None:
    """A word that begins within the one before it, or before the last segment's end, begins at that end."""
    raw = Sentence(1.0, 3.0, "a b c", [Said(1.0, 2.0, "a"), Said(1.5, 1.8, "b"), Said(2.5, 2.4, "c")])
    placed = place(raw, WINDOW, 101_200)
    assert [(word.start_ms, word.end_ms) for word in placed.words] == [
        (101_200, 102_000),
        (102_000, 102_000),
        (102_500, 102_500),
    ]
    assert (placed.start_ms, placed.end_ms) == (101_200, 102_500)


def test_nothing_reaches_beyond_the_window() -> None:
    """Estimates beyond the last sample end with it."""
    placed = place(Sentence(9.0, 12.0, "late", [Said(11.0, 12.0, "late")]), WINDOW, 0)
    assert (placed.start_ms, placed.end_ms) == (110_000, 110_000)


def test_segment_without_words_keeps_its_own_times() -> None:
    """Where nothing could be aligned the segment's times stand, and no confidence is claimed."""
    assert place(Sentence(1.0, 2.0, " hm "), WINDOW, 0) == Segment(101_000, 102_000, "hm")
