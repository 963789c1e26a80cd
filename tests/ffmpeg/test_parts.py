"""The smaller parts: finding the program, judging its end, allowing for its needs."""

import errno
import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from server.ffmpeg.allowance import allowance
from server.ffmpeg.binary import FfmpegMissing, find_ffmpeg
from server.ffmpeg.failures import Crashed, FfmpegFailure, MachineTrouble, OutputTooLarge, RenderFailed
from server.ffmpeg.probe import AudioStream, Probe
from server.ffmpeg.verdict import judge

HOUR_MS = 3_600_000


def program(path: Path) -> Path:
    """Make a program that could be run."""
    path.write_text("#!/bin/sh\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_named_program_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path wins over PATH, and a name is looked up there."""
    named, on_path = program(tmp_path / "other"), program(tmp_path / "ffmpeg")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_ffmpeg(str(named)) == named
    assert find_ffmpeg("other") == named
    assert find_ffmpeg(None) == on_path


def test_a_wrong_name_is_an_error(tmp_path: Path) -> None:
    """What was named is never replaced in silence."""
    with pytest.raises(FfmpegMissing, match="Correct it"):
        find_ffmpeg(str(tmp_path / "nothing"))


def test_the_carried_program_is_the_last_resort(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing on PATH the one of the development environment is found, and without that, nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert os.access(find_ffmpeg(None), os.X_OK)
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(FfmpegMissing, match="Install it"):
        find_ffmpeg(None)


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (0, None),
        (183, RenderFailed),  # AVERROR_INVALIDDATA
        (256 - errno.ENOMEM, RenderFailed),
        (69, RenderFailed),  # more errors than -max_error_rate
        (-signal.SIGSEGV, Crashed),
        (-signal.SIGXFSZ, OutputTooLarge),
        (256 - errno.EFBIG, OutputTooLarge),
        (256 - errno.ENOSPC, MachineTrouble),
        (-signal.SIGKILL, MachineTrouble),
        (-signal.SIGTERM, MachineTrouble),
        (255, MachineTrouble),
        (127, MachineTrouble),
    ],
)
def test_whose_fault_it_was(code: int, failure: type[FfmpegFailure] | None) -> None:
    """Only what the input is to blame for is final."""
    verdict = judge(code, "the end")
    assert type(verdict) is (failure or type(None))
    assert verdict is None or verdict.tail == "the end"
    assert verdict is None or verdict.final is (failure not in {Crashed, MachineTrouble})


def test_older_versions_only_say_what_it_was() -> None:
    """Where the exit status tells nothing, the words do."""
    assert type(judge(1, "av_interleaved_write_frame(): No space left on device")) is MachineTrouble
    assert type(judge(1, "Invalid data found when processing input")) is RenderFailed


def test_an_allowance_grows_with_the_input() -> None:
    """An hour of 16 kHz gets its quarter of an hour, and room for its samples."""
    found = Probe("wav", HOUR_MS, (AudioStream(0, "pcm_s16le", 16_000, 1),), ())
    limits = allowance(found, 115_200_000, longest_ms=12 * HOUR_MS)
    assert limits.seconds == 120 + 900
    assert limits.file_size is not None
    assert 230_400_000 < limits.file_size < 1_000_000_000


def test_a_claim_is_allowed_for_up_to_the_longest() -> None:
    """Neither a header that claims years nor one that is silent moves the limit beyond the longest allowed."""
    streams = (AudioStream(0, "flac", 8000, 1),)
    claims = allowance(Probe("flac", 2**40, streams, ()), 10**9, longest_ms=HOUR_MS)
    silent = allowance(Probe("matroska", None, streams, ()), 10**9, longest_ms=HOUR_MS)
    assert claims == silent
    assert claims.seconds == 120 + 900
    small = allowance(Probe("matroska", None, streams, ()), 5000, longest_ms=HOUR_MS)
    assert small.seconds == 120 + 10 / 4
