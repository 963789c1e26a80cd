"""Paragraphs into sentences."""

# ruff: noqa: RUF001 - these letters are meant

import random

import pytest

from server.documents.characters import NoText, break_lines, tidy
from server.documents.languages import of_letters
from server.documents.splitting import LONGEST, split

SENTENCES = {
    "en": [
        "Mr. Smith went to Washington, D.C. on Jan. 5th.",
        "He paid $3.50!",
        '"Was it worth it?" she asked.',
        "Yes... it was.",
        "1. First item.",
        "The end",
    ],
    "he": [
        "שלום עולם.",
        'ד"ר כהן אמר: "הכול בסדר."',
        "בשנת 1948 קמה המדינה!",
        'צה"ל הוא צבא ההגנה.',
        "מה שלומך היום?",
        "פרופ' לוי הגיע.",
    ],
    "yi": [
        "אַ שיינעם גוטן טאָג.",
        "ווי אַזוי גייט עס אייך?",
        'ד"ר כּהן האָט געזאָגט: "גוט."',
        "ר' משה איז געקומען.",
        "איך בין צופֿרידן!",
    ],
    "ar": ["مرحبا بالعالم.", "كيف حالك اليوم؟", 'قال د. أحمد: "كل شيء بخير."', "نعم!", "انظر ص. 5 من الكتاب."],
    "ru": ["Это г. Москва.", "Он сказал: «Привет!»", "Потом ушёл."],
    "hi": ["यह एक वाक्य है।", "यह दूसरा है।"],
    "ja": ["これは本です。", "はい！"],
    "fr": ["M. Dupont est là !", "Et alors ?"],
    "pt-BR": ["O Sr. Silva chegou.", "Tudo bem?"],
    "xx": ["One of no language.", "Two."],
}
SAMPLE = "Ab .,;:!?\"'()אבגד״ؤد؟،。ー–\u0301\u05b8 1é  "


@pytest.mark.parametrize("language", SENTENCES)
def test_sentences_of_many_languages(language: str) -> None:
    """Abbreviations, quotations and numbers end no sentence, in whichever letters they are written."""
    sentences = SENTENCES[language]
    glue = "" if language == "ja" else " "
    assert list(split(glue.join(sentences), language)) == sentences


@pytest.mark.parametrize("language", ["en", "he", "yi", "ar", "ja"])
def test_nothing_is_lost(language: str) -> None:
    """Whatever is written, every letter is in a sentence, in order, and no sentence is too long."""
    chance = random.Random(language)  # noqa: S311 - nothing secret
    for _ in range(300):
        text = tidy("".join(chance.choices(SAMPLE, k=chance.randrange(1, 900))))
        sentences = list(split(text, language))
        assert _letters("".join(sentences)) == _letters(text)
        assert all(0 < len(sentence) <= LONGEST and sentence == sentence.strip() for sentence in sentences)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def test_long_sentences_are_cut_where_one_breathes() -> None:
    """After a clause, else between words; writing without spaces is cut between two letters."""
    clauses = ", ".join(f"clause number {number} of this sentence" for number in range(40))
    assert all(piece.endswith((",", "sentence")) for piece in split(clauses, "en"))
    words = list(split("word " * 500, "en"))
    assert " ".join(words).split() == ["word"] * 500
    thai = "ประโยคที่ไม่มีช่องว่าง" * 40
    pieces = list(split(thai, "th"))
    assert "".join(pieces) == thai
    assert len(pieces) == -(-len(thai) // LONGEST)
    assert all(piece[0].isalnum() for piece in pieces)


def test_how_characters_are_written() -> None:
    """Composed, single blanks, marks that belong to letters kept, and nothing that turns what follows around."""
    assert tidy("e\u0301  a\u00a0b\t\n c\u00ad") == "é a b\nc"
    assert tidy("a\u202eb\u2067c\u2069\u200f\u200d") == "abc\u200f\u200d"
    assert break_lines("a\r\nb\rc\x0bd\u2029e") == "a\nb\nc\nd\n\ne"
    for control in "\0\x07\x1b\x85"[:3]:
        with pytest.raises(NoText):
            break_lines(f"a{control}b")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("שלום לכולם, מה נשמע?", "he"),
        ("אַ שיינעם גוטן טאָג", "yi"),
        ("וואס איז דאס?", "yi"),
        ("مرحبا بالعالم", "ar"),
        ("این یک کتاب است که می‌خوانیم", None),
        ("これは本です", "ja"),
        ("这是一本书", "zh"),
        ("Καλημέρα", "el"),
        ("Good morning", None),
        ("12!", None),
    ],
)
def test_language_of_letters(text: str, language: str | None) -> None:
    """Where letters belong to one language they tell it; where many share them, nothing is made up."""
    assert of_letters(text) == language
