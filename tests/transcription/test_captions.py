"""Subtitles: what they hold at once, and when."""

import random
from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest

from server.transcription.breaking import divide, faults, in_lines, joined
from server.transcription.captions import LONGEST_MS, WIDEST, Caption, captions
from server.transcription.direction import Direction
from server.transcription.engines.base import Segment, Word
from server.transcription.timed_words import TimedWord, timed_words

LATIN = 'so, then. the and of which (estate) daughters "quoted" son; himself\tproviding a 7 e-mail'
HEBREW = 'אז, כן. הבית של אשר (אחוזה) בנות "מצוטט" בן; עצמו 7 דואר WhatsApp שָׁלוֹם'
LTR, RTL = Direction


def spoken(text: str, start_ms: int = 0, *, rate: float = 15, speaker: str | None = None) -> Segment:
    """Have a text said at so many characters a second, word by word."""
    words, now = [], float(start_ms)
    for word in text.split():
        end = now + len(word) * 1000 / rate
        words.append(Word(round(now), round(end), word, 0.9))
        now = end + 1000 / rate
    return Segment(start_ms, words[-1].end_ms, text, tuple(words), 0.9, speaker)


def talk(seed: int) -> list[Segment]:
    """Make up a talk of two in two scripts, at any rate, with words of any length."""
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
    segments, now = [], 0
    for _ in range(20):
        vocabulary = chance.choice([LATIN, LATIN, HEBREW]).split(" ")
        text = " ".join(
            chance.choices(
                [*vocabulary, "👩\u200d👩\u200d👧" * 20], [*[9] * len(vocabulary), 1], k=chance.randint(1, 40)
            )
        )
        segments.append(spoken(text, now, rate=chance.choice([5, 15, 30]), speaker=chance.choice(["Ada", "Ben", None])))
        now = segments[-1].end_ms + chance.choice([0, 0, 500, 5_000])
    return segments


def shown(*segments: Segment, named: bool = False) -> list[tuple[int, int, str]]:
    """Make captions, with a stroke between lines."""
    return [(cue.start_ms, cue.end_ms, "|".join(cue.lines)) for cue in captions(segments, named=named)]


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_limits_are_kept(seed: int, *, named: bool) -> None:
    """No line is longer, and no caption has more of them; they follow each other, at times of the speech alone."""
    segments = talk(seed)
    made = list(captions(segments, named=named))
    assert all(0 < len(line) <= WIDEST for cue in made for line in cue.lines)
    assert {len(cue.lines) for cue in made} <= {1, 2}
    words = [word for segment in segments for word in segment.words]
    cut = [word for word in words if len(word.text) > WIDEST - 1]
    for cue in made:
        assert any(cue.start_ms == word.start_ms for word in words) or within(cue.start_ms, cut)
        assert any(cue.end_ms == word.end_ms for word in words) or within(cue.end_ms, cut)
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(made))


def within(moment_ms: int, words: Sequence[Word]) -> bool:
    """Say whether a moment lies within one of the words."""
    return any(word.start_ms < moment_ms < word.end_ms for word in words)


@pytest.mark.parametrize("seed", range(20))
def test_nothing_that_could_be_joined_is_gone_too_soon(seed: int) -> None:
    """Neighbours of one speaker stay apart only if both last, or together they would be too much or too long."""
    made = list(captions(talk(seed), named=False))
    for one, other in pairwise(made):
        if one.speaker == other.speaker and min(map(lasting, (one, other))) < 800:
            text = " ".join(line.lstrip("".join(Direction)) for line in (*one.lines, *other.lines))
            words = timed_words(Segment(0, 1, text), WIDEST - 1)
            assert other.end_ms - one.start_ms > LONGEST_MS or not in_lines(words, WIDEST - 1)


def lasting(cue: Caption) -> int:
    """Tell how long a caption is shown."""
    return cue.end_ms - cue.start_ms


@pytest.mark.parametrize("seed", range(10))
def test_as_little_as_can_be_is_too_fast(seed: int) -> None:
    """No other way to part a sentence has fewer parts that are too fast or too short: all ways are tried."""
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
    words, now = [], 0
    for _ in range(12):
        length, begun = chance.randint(5, 12), now + chance.choice([0, 0, 900])
        now = begun + length * chance.choice([30, 55, 120])
        words.append(TimedWord("x" * length, " ", begun, now))
    ways = (
        [words[a:b] for a, b in pairwise((0, *cuts, len(words)))]
        for count in range(6)
        for cuts in combinations(range(1, len(words)), count)
    )
    assert poor(divide(words, WIDEST)) == min(poor(way) for way in ways if all(in_lines(part, WIDEST) for part in way))


def poor(parts: Sequence[Sequence[TimedWord]]) -> int:
    """Count what can't be read in time."""
    return sum(faults(len(joined(part)), part[-1].end_ms - part[0].start_ms) for part in parts)


def test_long_sentences_are_parted_where_clauses_end() -> None:
    """Captions and lines end at marks where they can, and begin and end with their words."""
    text = (
        "When it was over, all of them went home; but nobody said a word, neither then nor at any time in later years."
    )
    segment = spoken(text)
    then = next(at for at, word in enumerate(segment.words) if word.text == "word,")
    assert shown(segment) == [
        (0, segment.words[then].end_ms, "When it was over, all of them went home;|but nobody said a word,"),
        (segment.words[then + 1].start_ms, segment.end_ms, "neither then nor at any|time in later years."),
    ]


def test_short_answers_are_joined() -> None:
    """What is gone at once is shown with what the same speaker says next to it, unless that is long after."""
    yes, more = Segment(1_000, 1_200, "Yes.", speaker="Ada"), Segment(1_300, 3_300, "I think so.", speaker="Ada")
    assert shown(yes, more) == [(1_000, 3_300, "Yes. I think so.")]
    assert shown(more, Segment(3_300, 3_500, "Yes.", speaker="Ben")) == [
        (1_300, 3_300, "I think so."),
        (3_300, 3_500, "Yes."),
    ]
    assert len(shown(yes, Segment(9_000, 11_000, "And now?", speaker="Ada"))) == 2


def test_fast_speech_takes_from_a_pause() -> None:
    """A caption that is too fast is shown with the next one, if they can be read together."""
    assert shown(Segment(0, 1_000, "far too much for one second"), Segment(2_500, 3_500, "then less")) == [
        (0, 3_500, "far too much for one second then less")
    ]


def test_names_are_shown_when_they_change() -> None:
    """A name leads what another speaker begins to say, and counts as a part of the line."""
    ada = [Segment(0, 2_000, "One.", speaker="Ada"), Segment(2_000, 4_000, "Two.", speaker="Ada")]
    long = Segment(4_000, 9_000, "A line that is just short enough alone", speaker="Ben")
    assert [text for *_, text in shown(*ada, long, named=True)] == [
        "Ada: One.",
        "Two.",
        "Ben: A line that is|just short enough alone",
    ]
    assert [text for *_, text in shown(*ada, long)][2] == long.text


def test_breaking_off_turns_no_line_around() -> None:
    """A line that begins in another script than its text is marked; what was whole stays as it was."""
    hebrew = Segment(0, 6_000, "הבית היה גדול ויפה והגן שלפניו, WhatsApp לא היה שם אז")
    assert [text for *_, text in shown(hebrew)] == [f"הבית היה גדול ויפה והגן שלפניו,|{RTL}WhatsApp לא היה שם אז"]
    assert shown(Segment(0, 2_000, "WhatsApp לא היה")) == [(0, 2_000, "WhatsApp לא היה")]
    assert shown(Segment(0, 2_000, "לא היה", speaker="Ada"), named=True) == [(0, 2_000, f"{RTL}Ada: לא היה")]
    assert shown(Segment(0, 2_000, "Not yet", speaker="עדה"), named=True) == [(0, 2_000, f"{LTR}עדה: Not yet")]


def test_changed_text_keeps_the_times_that_are_known() -> None:
    """Words before and behind a correction keep their times; what was put between has the time that is left."""
    words = tuple(Word(at * 1_000, at * 1_000 + 900, text, 0.9) for at, text in enumerate(["one", "to", "three"]))
    changed = timed_words(Segment(0, 3_000, "one twoo and three", words), WIDEST)
    assert [(word.text, word.start_ms, word.end_ms) for word in changed] == [
        ("one", 0, 900),
        ("twoo", 1_000, 1_900),
        ("and", 1_900, 2_000),
        ("three", 2_000, 3_000),
    ]


def test_script_without_spaces_is_parted_between_words() -> None:
    """Where no spaces part words their times do; what has neither is cut, but never within a character."""
    words = tuple(Word(at * 500, at * 500 + 500, "日本語です", 0.9) for at in range(20))
    said = "".join(word.text for word in words)
    made = shown(Segment(0, 10_000, said, words))
    assert "".join(text.replace("|", "") for *_, text in made) == said
    assert all(set(text.split("|")) <= {words[0].text * count for count in range(9)} for *_, text in made)
    family = "👩\u200d👩\u200d👧\u200d👦"
    lines = [line for *_, text in shown(Segment(0, 9_000, family * 12)) for line in text.split("|")]
    assert all(line == family * (len(line) // len(family)) for line in lines)
