"""What is marked for review: each fault by its own flag, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from server.configuration.reciting import Quality
from server.recitals.fidelity import Errors, compare
from server.recitals.hearing import heard_words, share_out
from server.recitals.measures import Flag
from server.recitals.quality import Assessment, Heard, assess
from server.recitals.segments import Stretch
from server.recitals.signal import Signal
from server.recitals.wording import words_of
from server.transcription.engines.base import Segment, Word
from tests.recitals.sound import (
    PROMPT,
    RATE,
    WAV,
    WEBM,
    Coding,
    Sound,
    babble,
    in_a_room,
    level_db,
    louder,
    measure,
    noise,
    recorded,
    silence,
    speech,
)

THRESHOLDS = Quality()


def spoken(text: str, start_ms: int = 0, end_ms: int = 8_000) -> Segment:
    """Say a text evenly."""
    parts = text.split()
    times = np.linspace(start_ms, end_ms, len(parts) + 1).astype(int).tolist()
    words = [Word(start, end, part, 0.9) for start, end, part in zip(times[:-1], times[1:], parts, strict=True)]
    return Segment(start_ms, end_ms, text, tuple(words))


def judged(signal: Signal, prompt: str = PROMPT) -> Assessment:
    """Assess a recital of one sentence in which the words of the sample are heard."""
    stretches = [Stretch(0, 0, signal.duration_ms, prompt, is_kept=True)]
    heard = Heard([spoken(PROMPT, 700, signal.duration_ms - 700)], "en")
    return assess(signal, stretches, heard, "en-US", THRESHOLDS)


def to_full_scale(sound: Sound) -> Sound:
    """Amplify as far as nothing is clipped."""
    return louder(sound, -20 * np.log10(np.abs(sound).max()))


CLEAN: dict[str, tuple[Callable[[Sound], Sound], Coding]] = {
    "as it is": (in_a_room, WAV),
    "from a browser": (in_a_room, WEBM),
    "soft": (lambda sound: noise(louder(in_a_room(sound), -15), -75), WEBM),
    "as loud as it gets": (lambda sound: to_full_scale(in_a_room(sound)), WEBM),
    "between digital silences": (lambda sound: np.concatenate([silence(1), sound, silence(1)]), WEBM),
    "without pauses": (lambda sound: sound, WEBM),
    "with some noise": (lambda sound: noise(in_a_room(sound), level_db(sound) - 20), WEBM),
}


@pytest.mark.parametrize("kind", CLEAN)
async def test_clean_speech_is_marked_by_nothing(tmp_path: Path, kind: str) -> None:
    """Speech that can be used is not sent for review, however it was recorded."""
    change, coding = CLEAN[kind]
    assessment = judged(await recorded(change(speech()), tmp_path, coding))
    assert assessment.flags == []
    assert assessment.whole.word_error_rate == assessment.sentences[0].character_error_rate == 0
    assert assessment.whole.language_match is True


FAULTS: dict[Flag, Callable[[Sound], Sound]] = {
    Flag.CLIPPED: lambda sound: louder(in_a_room(sound), 20),
    Flag.SILENT: lambda sound: noise(silence(len(sound) / RATE), -65),
    Flag.NOISY: lambda sound: noise(in_a_room(sound), level_db(sound)),
    Flag.QUIET: lambda sound: louder(in_a_room(sound), -30),
    Flag.LONG_SILENCE: lambda sound: np.concatenate([in_a_room(sound), in_a_room(silence(4))]),
}


@pytest.mark.parametrize("flag", FAULTS)
async def test_fault_of_the_sound_is_marked_as_what_it_is(tmp_path: Path, flag: Flag) -> None:
    """Clipped, silent, noisy (as loud as the speech), quiet and waiting recordings are each told apart."""
    assessment = judged(await recorded(FAULTS[flag](speech()), tmp_path))
    assert (assessment.flags, assessment.sentences[0].flags) == ([flag], [flag])


async def test_voices_around_are_noise(tmp_path: Path) -> None:
    """Eight others who speak as loudly are marked as noise, too."""
    assert judged(await recorded(babble(in_a_room(speech()), level_db(speech())), tmp_path)).flags == [Flag.NOISY]


def test_word_in_a_long_silence_is_little_speech() -> None:
    """Somebody who says one word in half a minute has not read."""
    sound = np.concatenate([silence(2), speech()[: int(2.2 * RATE)], silence(2.5)] + [silence(2.9)] * 9)
    assert Flag.LITTLE_SPEECH in judged(measure(noise(sound, -65))).flags


@pytest.mark.parametrize(
    ("prompt", "flags"),
    [
        ("It was the best of times, it was the worst of times, it was the age of wisdom.", [Flag.WRONG_TEXT]),
        (PROMPT.replace("mister", "Mr.").capitalize() + "!", []),
        (PROMPT.replace("john dashwood", "Jon Dash-wood"), []),
        (f"{PROMPT} {PROMPT} {PROMPT}", [Flag.WRONG_TEXT, Flag.TOO_FAST]),
        ("And mister john", [Flag.WRONG_TEXT, Flag.TOO_SLOW]),
        ("Oh!", [Flag.WRONG_TEXT]),
    ],
)
def test_text_is_held_against_what_was_heard(prompt: str, flags: list[Flag]) -> None:
    """Another sentence, or one that can't have been read in that time, is marked; another spelling is not."""
    assert judged(measure(in_a_room(speech())), prompt).flags == flags


def test_each_sentence_has_its_own_measures() -> None:
    """A fault of one sentence is that sentence's, and the recital's; what is not kept has no measures."""
    good = in_a_room(speech())
    signal = measure(np.concatenate([good, louder(good, 20), good, good]))
    length_ms = len(good) * 1000 // RATE
    stretches = [Stretch(i, i * length_ms, (i + 1) * length_ms, PROMPT, is_kept=i != 2) for i in range(4)]
    words = [PROMPT, PROMPT, "oh dear", "nothing of this is written down"]
    segments = [spoken(text, i * length_ms + 700, (i + 1) * length_ms - 700) for i, text in enumerate(words)]
    assessment = assess(signal, stretches, Heard(segments, "he"), "en", THRESHOLDS)
    assert {index: measures.flags for index, measures in assessment.sentences.items()} == {
        0: [],
        1: [Flag.CLIPPED],
        3: [Flag.WRONG_TEXT],
    }
    assert assessment.flags == [Flag.WRONG_TEXT, Flag.WRONG_LANGUAGE, Flag.CLIPPED]
    assert assessment.sentences[3].word_error_rate == 1
    assert assessment.whole.word_error_rate == pytest.approx(1 / 3, abs=0.001)


def test_without_a_transcript_the_sound_is_measured() -> None:
    """Nobody knows then what was said; how fast is known all the same."""
    signal = measure(in_a_room(speech()))
    assessment = assess(signal, [Stretch(0, 0, 8_300, PROMPT, is_kept=True)], None, "en", THRESHOLDS)
    sentence = assessment.sentences[0]
    assert (sentence.word_error_rate, sentence.character_error_rate, sentence.language_match) == (None, None, None)
    assert sentence.seconds_per_character == pytest.approx(0.07, abs=0.01)
    assert assessment.flags == []


@pytest.mark.parametrize("shift_ms", [-500, -200, 0, 200, 500])
def test_words_beside_a_pause_go_where_they_belong(shift_ms: int) -> None:
    """Engines place words roughly: a sentence is not called wrong because its first word came half a second early."""
    texts = ["Yes, sir.", "The clock had stopped.", "Nobody was about"]
    segments = [spoken(text, i * 2000 + 400 + shift_ms, i * 2000 + 1600 + shift_ms) for i, text in enumerate(texts)]
    prompts = [words_of(text, "en") for text in texts]
    assert share_out(heard_words(segments, "en"), [2000, 4000, 6000], prompts) == prompts


def test_words_far_from_a_border_stay_where_they_were_said() -> None:
    """What was read too early counts as wrong: only a moment's doubt is decided for the reader."""
    heard = heard_words([Segment(0, 1000, "The clock had stopped"), Segment(2600, 3000, "yes sir")], "en")
    shares = share_out(heard, [2000, 4000, 3000], [["yes", "sir"], ["the", "clock"], []])
    assert shares == [["the", "clock", "had", "stopped"], ["yes", "sir"], []]


def test_errors_are_counted_and_added_up() -> None:
    """Rates of several sentences are those of all their words, not the mean of rates."""
    one, other = compare(["the", "clock"], ["the", "clock"]), compare(["stopped"], [])
    assert other == Errors(words=1, wrong_words=1, characters=7, wrong_characters=7)
    assert (one + other).word_rate == pytest.approx(1 / 3)
    assert compare([], ["what"]).word_rate is None
