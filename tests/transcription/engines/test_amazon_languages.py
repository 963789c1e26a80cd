"""Language tags and Amazon Transcribe's codes."""

import pytest

from server.aws.clients import Clients
from server.transcription.engines.amazon_languages import CODES, REDACTABLE, language_code, language_tag


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en-US"),
        ("en-gb", "en-GB"),
        ("en-CA", "en-US"),
        ("he", "he-IL"),
        ("iw-IL", "he-IL"),
        ("pt", "pt-BR"),
        ("pt-PT", "pt-PT"),
        ("zh", "zh-CN"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-HK", "zh-HK"),
        ("yue", "zh-HK"),
        ("nb-NO", "no-NO"),
        ("kab", "kab-DZ"),
        ("tlh", None),
    ],
)
def test_tag_becomes_a_code(tag: str, code: str | None) -> None:
    """The region decides where Amazon has it, then the script, and else the language's usual region."""
    assert language_code(tag) == code


def test_every_code_is_reached_and_told_as_a_language() -> None:
    """A code stands for itself, and its language leads back to a code of the same language."""
    for code in CODES:
        assert language_code(code) == code
        assert language_tag(language_code(language_tag(code)) or "") == language_tag(code)


def test_every_code_of_the_aws_library_is_known(clients: Clients) -> None:
    """The list is no older than the library; the library's et-ET is a slip for et-EE."""
    listed = clients.transcribe.meta.service_model.shape_for("LanguageCode").enum  # type: ignore[attr-defined] # strings have it
    assert set(listed) - {"et-ET"} <= CODES
    assert REDACTABLE <= CODES
