"""Language tags and Whisper's codes."""

import pytest
from faster_whisper.tokenizer import _LANGUAGE_CODES

from server.transcription.engines.language import WHISPER_V3, language_tag, whisper_code


def test_codes_are_those_of_the_library() -> None:
    """What we take for Whisper's languages is what faster-whisper takes for them."""
    assert set(_LANGUAGE_CODES) == WHISPER_V3


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "en"), ("en-US", "en"), ("EN_gb", "en"), ("iw-IL", "he"), ("zh-Hant-TW", "zh"), ("nb", "no"), ("jv", "jw")],
)
def test_tag_is_reduced_to_a_code(tag: str, code: str) -> None:
    """Regions and scripts fall away, and old or foreign codes become Whisper's."""
    assert whisper_code(tag) == code


def test_own_codes_are_not_told_outside() -> None:
    """Whisper's own code for Javanese leaves as the standard one."""
    assert (language_tag("jw"), language_tag("he")) == ("jv", "he")
