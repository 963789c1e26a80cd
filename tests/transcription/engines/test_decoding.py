"""Recordings decoded while they are read."""

from pathlib import Path

import pytest

from server.ffmpeg.verdict import judge
from server.transcription.engines.decoding import DecodingFailed, decoded
from tests.transcription.engines.conftest import SAMPLE
from tests.transcription.engines.sound import read_wav

PATIENCE = 10.0


def test_samples_are_those_of_the_source(ffmpeg: Path, speech: Path) -> None:
    """FLAC is decoded to the very samples that went into it."""
    with decoded(str(ffmpeg), str(speech), PATIENCE) as sound:
        assert sound.read() == read_wav(SAMPLE).tobytes()


def test_failure_is_told_without_our_folders(ffmpeg: Path, tmp_path: Path) -> None:
    """What ffmpeg says about a file is passed on, but not where the file is."""
    with (
        pytest.raises(DecodingFailed) as failed,
        decoded(str(ffmpeg), str(tmp_path / "missing.flac"), PATIENCE) as sound,
    ):
        sound.read()
    assert "No such file" in str(failed.value)
    assert str(tmp_path) not in str(failed.value)


def test_reader_may_stop(ffmpeg: Path, thrice: Path) -> None:
    """A reader that fails ends the decoding at once, and its own error is the one that counts."""
    with pytest.raises(LookupError), decoded(str(ffmpeg), str(thrice), PATIENCE) as sound:
        raise LookupError(sound.read(2))


@pytest.mark.parametrize("program", ["sleep 30", "exec 1>&-; sleep 30", "kill -9 $$"])
def test_decoder_that_hangs_or_dies_is_told_from_a_bad_file(program: str, tmp_path: Path) -> None:
    """A decoder that yields nothing, never ends or is killed is no fault of the recording's."""
    decoder = tmp_path / "ffmpeg"
    decoder.write_text(f"#!/bin/sh\n{program}\n")
    decoder.chmod(0o700)
    with pytest.raises(DecodingFailed) as failed, decoded(str(decoder), "speech.flac", 0.2) as sound:
        sound.read()
    verdict = judge(failed.value.status, str(failed.value))
    assert verdict is not None
    assert not verdict.final
