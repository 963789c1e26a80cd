"""What Amazon Transcribe is not even asked."""

from typing import Any

import pytest

from server.problems import Problem
from server.transcription.engines.amazon_limits import check
from server.transcription.engines.errors import (
    LanguageNotSupported,
    OptionNotSupported,
    TooLargeForEngine,
    TooLongForEngine,
    TooShortForEngine,
)
from tests.transcription.engines.amazon_job import make_job

FOUR_HOURS_MS = 4 * 3600 * 1000


@pytest.mark.parametrize(
    "changes",
    [
        {"duration_ms": 500},
        {"duration_ms": FOUR_HOURS_MS, "size": 2_000_000_000},
        {"language": None, "wish": {"speakers": 30}},
        {"language": "he", "wish": {"vocabulary": "names"}},
        {"language": "fr-CA", "wish": {"redact": True, "vocabulary": "names", "speakers": 2}},
    ],
)
def test_what_is_within_the_limits_passes(changes: dict[str, Any]) -> None:
    """The limits themselves are allowed, and so is every option with a language that it goes with."""
    check(make_job(**changes))


@pytest.mark.parametrize(
    ("changes", "problem", "advice"),
    [
        ({"duration_ms": 499}, TooShortForEngine, "0.5 seconds and more"),
        ({"duration_ms": FOUR_HOURS_MS + 1}, TooLongForEngine, "up to 4 hours. Split it"),
        ({"size": 2_000_000_001}, TooLargeForEngine, "up to 2 GB. Split it"),
        ({"language": "tlh"}, LanguageNotSupported, "choose another engine"),
        ({"language": None, "wish": {"vocabulary": "names"}}, OptionNotSupported, "declare it"),
        ({"language": None, "wish": {"redact": True}}, OptionNotSupported, "declare one of them"),
        ({"language": "en-GB", "wish": {"redact": True}}, OptionNotSupported, "en-US"),
    ],
)
def test_what_is_beyond_the_limits_is_refused(changes: dict[str, Any], problem: type[Problem], advice: str) -> None:
    """Each limit has a problem of its own, whose sentence says what to do."""
    with pytest.raises(problem, match=advice):
        check(make_job(**changes))
