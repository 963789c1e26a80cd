"""Which language a text is in, as far as its letters alone tell."""

# ruff: noqa: RUF001 - these letters are meant

import re
import unicodedata
from collections import Counter

MOST_CHARACTERS = 10_000
YIDDISH = re.compile("[\u05f0-\u05f2]|א[\u05b7\u05b8]|[יו]{2}\u05b7|אי[יוך]|או[ןנ]\\b|\\bאיז\\b")
"""Ligatures and vowels that Hebrew writes otherwise, and the commonest words."""
NOT_ARABIC = re.compile("[\u067e\u0679\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06cc\u06d2]")
"""Letters of Persian, Urdu and their neighbours that Arabic doesn't have."""
OF_ONE_LANGUAGE = {
    "ARABIC": "ar",
    "ARMENIAN": "hy",
    "CJK": "zh",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "GUJARATI": "gu",
    "HANGUL": "ko",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KANNADA": "kn",
    "KATAKANA": "ja",
    "KHMER": "km",
    "LAO": "lo",
    "MALAYALAM": "ml",
    "MYANMAR": "my",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
}
"""Scripts, as the names of Unicode's characters begin, with the language that nearly all texts in them are in."""


def of_letters(text: str) -> str | None:
    """Return the tag of the language that a text's letters belong to, or None where many languages share them."""
    sample = text[:MOST_CHARACTERS]
    scripts = Counter(unicodedata.name(char, "?").partition(" ")[0] for char in sample if char.isalpha())
    if not scripts:
        return None
    if {"HIRAGANA", "KATAKANA"} & scripts.keys():  # between which Japanese has Chinese characters
        return "ja"
    language = OF_ONE_LANGUAGE.get(scripts.most_common(1)[0][0])
    if language == "he" and YIDDISH.search(sample):
        return "yi"
    return None if language == "ar" and NOT_ARABIC.search(sample) else language
