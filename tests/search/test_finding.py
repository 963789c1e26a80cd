"""Finding what was said, and when."""

import pytest

from tests.search.conftest import WORD_MS, Library

SAID = ("They had been talking of babies", "in the well-known garden of Delaford.", "Nobody knew e-mail then.")


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ("garden", True),
        ("GARDENS", True),  # by its stem
        ("talk baby", True),
        ("the garden", True),
        ("a garden", True),  # "a" is nowhere said, and says nothing
        ('"a garden"', False),
        ("river", False),
        ("garden river", False),
        ("river or garden", True),
        ("garden -river", True),
        ("garden -knowing", True),  # another stem
        ("garden -talks", False),
        ('garden -"been talking"', False),
        ('garden -"talking been"', True),
        ('"talking of babies"', True),
        ('"talk of baby"', True),
        ('"babies in the"', True),  # over the end of a segment
        ('"of talking"', False),
        ("well-known", True),
        ("known-well", False),
        ("email", False),
        ('"recording they"', False),  # over the end of the title
        ("recordings delaford", True),  # the one is in the title, the other in the text
        ("-river", False),
        ("???", False),
        ("or", False),
        ("<b>garden</b> & ' \" \\ | ! ( ) :* \N{PILE OF POO}", False),  # "b" is a word
        ("\N{LEFT DOUBLE QUOTATION MARK}Delaford nobody\N{RIGHT DOUBLE QUOTATION MARK}", True),
    ],
)
async def test_web_searches_find_what_they_say(library: Library, asked: str, is_found: bool) -> None:  # noqa: FBT001 - a parameter
    """Words, phrases, alternatives and exclusions, in English by stems; nothing is an error."""
    await library.add(*SAID)
    assert len(await library.ids(q=asked)) == is_found


async def test_words_are_found_as_written_in_hebrew_and_arabic(library: Library) -> None:
    """With points or without, with gershayim of either sort; a language without a dictionary has its words."""
    hebrew = await library.add("שָׁלוֹם לכולם", 'מפקד צה"ל אמר', language="he")
    arabic = await library.add("السَّلامُ عليكم", "ذهب المعلمون إلى المدرسة", language="ar")
    yiddish = await library.add("אַ גוטן טאָג, ייִדן", language="yi")
    for asked in ("שלום", "צהל", "צה״ל", '"שלום לכולם"', '"לכולם מפקד"'):
        assert await library.ids(q=asked) == [hebrew], asked
    for asked in ("السلام", "السلام عليكم", "المعلمون", "معلمون", "عليكم -كتاب"):
        assert await library.ids(q=asked) == [arabic], asked
    assert await library.ids(q="טאג") == [yiddish]
    assert await library.ids(q="שלו") == []


async def test_stems_are_those_of_the_texts_language(library: Library) -> None:
    """What is excluded is excluded by the rules of the language that the text is in."""
    english = await library.add("he dies today", language="en-GB")
    german = await library.add("dies sind Häuser", language="de")
    unknown = await library.add("today and in houses", language=None)
    assert await library.ids(q="dying") == [english]
    assert await library.ids(q="today -die") == [unknown]
    assert await library.ids(q="haus -die") == [german]
    assert await library.ids(q="houses") == [unknown]


async def test_writing_without_blanks_is_found(library: Library) -> None:
    """In Chinese or Thai, any letters that follow one another are."""
    chinese = await library.add("你好世界,今天天气很好", language="zh")
    assert await library.ids(q="世界") == [chinese]
    assert await library.ids(q="界世") == []


async def test_hits_say_when_it_was_said(library: Library) -> None:
    """The player jumps to the first word of each hit; what was searched for is marked in what was said around it."""
    await library.add(
        *SAID, "Of the garden, and babies in", "the cradle: babies!", title="On babies, and their gardens"
    )
    found = await library.one(q="babies garden")
    assert [(hit.segment, hit.start_ms) for hit in found.hits] == [
        (0, 5 * WORD_MS),
        (1, 9 * WORD_MS),
        (3, 18 * WORD_MS),
    ]
    assert "".join(piece.text for piece in found.hits[0].snippet) == SAID[0]
    assert [piece.text for hit in found.hits for piece in hit.snippet if piece.is_hit] == [
        *("babies", "garden", "garden", "babies")
    ]
    assert found.title_snippet is not None
    assert [piece.text for piece in found.title_snippet if piece.is_hit] == ["babies", "gardens"]


async def test_phrase_runs_over_into_the_next_segment(library: Library) -> None:
    """It is one hit, from its first word to its last."""
    await library.add(*SAID)
    [hit] = (await library.one(q='"of babies in the well"')).hits
    assert (hit.segment, hit.start_ms, hit.end_ms) == (0, 4 * WORD_MS, 9 * WORD_MS)
    assert [(piece.text, piece.is_hit) for piece in hit.snippet] == [
        ("They had been talking ", False),
        ("of babies in the well", True),
        ("-known garden of Delaford.", False),
    ]
