"""Recordings decoded while they are read."""

from pathlib import Path

import pytest

from server.transcription.engines.decoding import DecodingFailed, decoded
from tests.transcription.engines.conftest import SAMPLE
from tests.transcription.engines.sound import read_wav


def test_samples_are_those_of_the_source(ffmpeg: Path, speech: Path) -> None:
    """FLAC is decoded to the very samples that went into it."""
    with decoded(str(ffmpeg), str(speech)) as sound:
        assert sound.read() == read_wav(SAMPLE).tobytes()


def test_failure_is_told_without_our_folders(ffmpeg: Path, tmp_path: Path) -> None:
    """What ffmpeg says about a file is passed on, but not where the file is."""
    with pytest.raises(DecodingFailed) as failed, decoded(str(ffmpeg), str(tmp_path / "missing.flac")) as sound:
        sound.read()
    assert "No such file" in str(failed.value)
    assert str(tmp_path) not in str(failed.value)


def test_reader_may_stop(ffmpeg: Path, thrice: Path) -> None:
    """A reader that fails ends the decoding at once, and its own error is the one that counts."""
    with pytest.raises(LookupError), decoded(str(ffmpeg), str(thrice)) as sound:
        raise LookupError(sound.read(2))
