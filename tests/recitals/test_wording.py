"""The words of a text as they are compared."""
# ruff: noqa: RUF001 - letters that look like Latin ones are what this is about

import pytest

from server.recitals.wording import words_of


@pytest.mark.parametrize(
    ("language", "written", "heard"),
    [
        ("en-US", "“Don’t,” she said — it's WELL-known… isn't it?", "dont she said its well known isn't it"),
        ("en", "The ﬁne café, at 3.5 km", "the fine cafe\u0301 at 3.5 km"),
        ("de", "Die Straße", "die STRASSE"),
        ("fr", "L’été, aujourd’hui", "l'été aujourd'hui"),
        ("tr", "IŞIK, İstanbul", "ışık istanbul"),
        ("ru", "Всё ещё", "все еще"),
        ("he", "שָׁלוֹם־עֲלֵיכֶם, צה״ל וג׳ירפה", "שלום עליכם צה\"ל וג'ירפה"),
        ("iw", "בְּרֵאשִׁ֖ית", "בראשית"),
        ("yi", "ייִדיש, װאָס אויף ייִ", "יידיש װאס אױף יי"),
        ("ar", "السَّلامُ عليـــكم، إلى الأمام", "السلام عليكم الي الامام"),
        ("fa", "می\u200cخواهم کتاب", "ميخواهم كتاب"),
        ("ja", "今日は、良い 天気。", "今日は良い天気"),
        ("th", "สวัสดี ครับ", "สวัสดีครับ"),
        ("hi", "नमस्ते, दुनिया!", "नमस्ते दुनिया"),
    ],
)
def test_what_is_spoken_alike_is_equal(language: str, written: str, heard: str) -> None:
    """Case, punctuation, points, ligatures and the like don't matter, in the scripts that people read here."""
    assert words_of(written, language) == words_of(heard, language) != []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "cafe", "café"), ("hi", "की", "का"), ("he", "שלום", "שלומ"), ("ja", "良い", "悪い"), ("en", "3.5", "35")],
)
def test_what_is_spoken_otherwise_differs(language: str, one: str, other: str) -> None:
    """Vowel signs, accents and other letters are not taken away."""
    assert words_of(one, language) != words_of(other, language)


def test_letters_are_words_where_words_are_not_parted() -> None:
    """In Japanese each letter counts, in Korean each word; text without letters has no words."""
    assert words_of("良い天気", "ja-JP") == ["良", "い", "天", "気"]
    assert words_of("좋은 날씨", "ko") == ["좋은", "날씨"]
    assert words_of("***\u200f…", "en") == []
