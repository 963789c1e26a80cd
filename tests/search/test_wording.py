"""The words of a text as they are searched for."""

import pytest

from server.search.questions import Question, Term
from server.search.wording import LONGEST_WORD, spoken, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't STOP, e-mail!", ["don", "t", "stop", "e", "mail"]),
        ("ﬁne Straße \N{FULLWIDTH LATIN CAPITAL LETTER A}bc ½", ["fine", "strasse", "abc", "12"]),
        ('שָׁלוֹם צה"ל ג\N{HEBREW PUNCTUATION GERESH}ירפה "כן" בן־גוריון', ["שלום", "צהל", "גירפה", "כן", "בן", "גוריון"]),
        ("İSTANBUL", ["istanbul"]),
        ("ײַדיש װאָס", ["יידיש", "וואס"]),
        ("السَّلَامُ مـــرحبا ٣", ["السلام", "مرحبا", "٣"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("今天 ok", ["今", "天", "ok"]),
        ("\u200fone\u00adtwo\u200b three\0four", ["onetwo", "three", "four"]),
        ("<b>x</b> --> 🎉 'y' \\z", ["b", "x", "b", "y", "z"]),
        ("a" * 60, ["a" * LONGEST_WORD]),
    ],
)
def test_words_are_letters_and_digits(text: str, words: list[str]) -> None:
    """Case, marks and punctuation fall away, whatever the script; what a word was cut from is known."""
    assert words_of(text) == words
    assert [words_of(text[word.start : word.end]) for word in spoken(text)] == [[word] for word in words]


@pytest.mark.parametrize(
    ("written", "alternatives"),
    [
        ("one two", [[("one",), ("two",)]]),
        ('"one two', [[("one", "two")]]),
        ('one -two -"three four" five-six', [[("one",), ("-", "two"), ("-", "three", "four"), ("five", "six")]]),
        ("one OR two three or -four", [[("one",)], [("two",), ("three",)]]),
        ('"or" -or', [[("or",), ("-", "or")]]),
        ('- -- "" or', []),
        ('צה"ל "צבא הגנה"', [[("צהל",), ("צבא", "הגנה")]]),
    ],
)
def test_questions_are_read_as_web_searches(written: str, alternatives: list[list[tuple[str, ...]]]) -> None:
    """Alternatives of terms; what only excludes is none."""
    terms = [[Term(tuple(w for w in term if w != "-"), "-" in term) for term in terms] for terms in alternatives]
    assert Question.read(written) == Question(tuple(map(tuple, terms)))
