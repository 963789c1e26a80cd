"""What the whisper engine hears."""

from contextlib import aclosing
from pathlib import Path

import jiwer
import numpy as np
import psutil
import pytest

from server.transcription.engines.base import Heard
from server.transcription.engines.errors import AudioUnreadable, LanguageNotSupported
from server.transcription.engines.whisper import WhisperEngine
from tests.transcription.engines.conftest import SAMPLE
from tests.transcription.engines.listening import listen, segments_of, words_of
from tests.transcription.engines.sound import duration_ms, read_wav, silence, write_wav

WORDS = (
    "and mister john dashwood had then leisure to consider how much there might be prudently in his power to do for "
    "them"
)


@pytest.fixture
def damaged(speech: Path, tmp_path: Path) -> Path:
    """The sample with 64 bytes in its middle overwritten."""
    content = bytearray(speech.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(64)
    file = tmp_path / "damaged.flac"
    file.write_bytes(content)
    return file


async def test_speech_becomes_its_words(whisper: WhisperEngine, speech: Path) -> None:
    """A reading is written down with a word error rate of at most one in ten."""
    steps = await listen(whisper, speech, duration_ms=7_100, language="en-US")
    assert jiwer.wer(WORDS, words_of(steps)) <= 0.1
    assert {step.language for step in steps} == {"en"}
    assert steps[-1].until_ms == 7_100


def test_windows_lose_and_double_no_word(heard_thrice: list[Heard]) -> None:
    """What is cut into windows for the model is whole again in the text."""
    borders = {step.until_ms for step in heard_thrice if step.segment is None}
    assert len(borders) > 2
    assert jiwer.wer(" ".join([WORDS] * 3), words_of(heard_thrice)) <= 0.1


def test_times_are_in_order(heard_thrice: list[Heard]) -> None:
    """Segments and words follow each other, words within their segment."""
    times = [0]
    for segment in segments_of(heard_thrice):
        inner = [time for word in segment.words for time in (word.start_ms, word.end_ms)]
        times += [segment.start_ms, *inner, segment.end_ms]
    assert times == sorted(times)


def test_times_are_those_of_the_recording(heard_thrice: list[Heard]) -> None:
    """The same words come again 7.5 seconds later, whatever windows they were heard in."""
    words = [word for segment in segments_of(heard_thrice) for word in segment.words]
    starts = [word.start_ms for word in words if word.text == "Dashwood"]
    assert np.allclose(np.diff(starts), 7_500, atol=300)


def test_progress_never_goes_back(heard_thrice: list[Heard], thrice: Path) -> None:
    """Each step has heard at least as much as the one before, the last one all of it."""
    heard = [step.until_ms for step in heard_thrice]
    assert heard == sorted(heard)
    assert heard[-1] == duration_ms(thrice)


def test_unknown_length_is_found_out(heard_once: list[Heard]) -> None:
    """Without a length given, the last step tells it."""
    assert heard_once[-1].until_ms == 7_100


async def test_silence_has_no_words(whisper: WhisperEngine, tmp_path: Path) -> None:
    """Silence moves the progress, window by window, and nothing is invented."""
    steps = await listen(whisper, write_wav(tmp_path / "silence.wav", [silence(25)]))
    assert segments_of(steps) == []
    assert len({step.until_ms for step in steps}) == 3
    assert steps[-1].until_ms == 25_000


async def test_noise_has_no_words(whisper: WhisperEngine, tmp_path: Path) -> None:
    """Hiss is not speech."""
    hiss = np.random.default_rng(1).normal(0, 600, 8 * 16_000).astype(np.int16)
    assert segments_of(await listen(whisper, write_wav(tmp_path / "hiss.wav", [hiss]))) == []


async def test_pause_is_not_shortened(whisper: WhisperEngine, heard_once: list[Heard], tmp_path: Path) -> None:
    """Speech after a long pause has its true times although the pause isn't shown to the model."""
    sample = read_wav(SAMPLE)
    late = write_wav(tmp_path / "late.wav", [silence(6), sample])
    first = segments_of(await listen(whisper, late))[0]
    at_once = segments_of(heard_once)[0]
    assert abs(first.start_ms - at_once.start_ms - 6_000) < 500


@pytest.mark.parametrize("samples", [0, 1, 700], ids=["none", "one", "a few"])
async def test_hardly_any_sound(whisper: WhisperEngine, tmp_path: Path, samples: int) -> None:
    """The shortest recordings are recordings too."""
    steps = await listen(whisper, write_wav(tmp_path / "short.wav", [np.zeros(samples, np.int16)]))
    assert segments_of(steps) == []
    assert steps[-1].until_ms == samples * 1000 // 16_000


async def test_one_child_serves_all(whisper: WhisperEngine, heard_once: list[Heard], speech: Path) -> None:
    """The model is loaded once, and serves one recording after the other."""
    before = whisper.pid
    assert words_of(await listen(whisper, speech)) == words_of(heard_once)
    assert before
    assert whisper.pid == before


async def test_foreign_language_is_refused(whisper: WhisperEngine, tmp_path: Path) -> None:
    """An English model says at once, before it looks at the file, that it can't do Hebrew, and what can be done."""
    with pytest.raises(LanguageNotSupported, match=r"'iw-IL'.*understands en.*WHISPER_MODEL") as refused:
        await listen(whisper, tmp_path / "missing.flac", language="iw-IL")
    assert (refused.value.status, refused.value.code) == (422, "language_not_supported")


async def test_undeclared_language_is_told(whisper: WhisperEngine, speech: Path) -> None:
    """Without a declared language, the answer says which it was."""
    steps = await listen(whisper, speech, language=None)
    assert steps[-1].language == "en"


async def test_broken_file_is_unreadable(whisper: WhisperEngine, speech: Path, tmp_path: Path) -> None:
    """What is not sound is said to be unreadable, without a word about our folders, and does not cost the child."""
    before = whisper.pid
    broken = tmp_path / "broken.flac"
    broken.write_bytes(b"no sound at all" * 100)
    with pytest.raises(AudioUnreadable, match="can't be decoded") as refused:
        await listen(whisper, broken)
    assert str(tmp_path) not in refused.value.detail
    assert words_of(await listen(whisper, speech))
    assert whisper.pid == before


async def test_damaged_file_is_not_half_a_text(whisper: WhisperEngine, damaged: Path) -> None:
    """Damage in the middle of a file fails it, so that no text silently lacks words."""
    with pytest.raises(AudioUnreadable):
        await listen(whisper, damaged)


async def test_playlist_opens_no_other_file(whisper: WhisperEngine, thrice: Path, tmp_path: Path) -> None:
    """A playlist under the name of a recording does not lead to another file."""
    playlist = tmp_path / "inference.flac"
    playlist.write_text(f"ffconcat version 1.0\nfile '{thrice}'\n")
    with pytest.raises(AudioUnreadable):
        await listen(whisper, playlist)


async def test_leaving_early_ends_the_work(whisper: WhisperEngine, speech: Path, thrice: Path) -> None:
    """When nobody listens any more the child is gone at once, and the next recording gets a new one."""
    async with aclosing(whisper.transcribe(thrice, duration_ms=None, language="en")) as steps:
        await anext(steps)
        left = whisper.pid
    assert left
    assert not psutil.pid_exists(left)
    assert words_of(await listen(whisper, speech))
    assert whisper.pid != left
