"""Recordings that end before they should, and those that only look as if they did."""

import struct
from pathlib import Path

import pytest

from server.ffmpeg import audio
from server.ffmpeg.completeness import check_complete
from server.ffmpeg.confine import Limits
from server.ffmpeg.failures import Incomplete
from server.ffmpeg.probe import probe
from server.ffmpeg.render import render
from server.ffmpeg.riff import announced_ms
from server.ffmpeg.sniff import identify
from server.ffmpeg.source import Source
from server.ffmpeg.tap import Tap
from tests.ffmpeg.conftest import Make
from tests.ffmpeg.gallery import H264, PICTURE, SPEECH_MS

LIMITS = Limits(seconds=30, memory=2 * 1024**3, file_size=50_000_000)
LONG_PICTURE = ("-f", "lavfi", "-i", "testsrc=s=64x48:d=20:r=5", "-map", "0:a", "-map", "1:v", *H264)


async def check(ffmpeg: Path, path: Path, folder: Path) -> int:
    """Decode a file, hold it against its own account, and give the milliseconds of its sound."""
    container = await identify(path)
    assert container
    source = Source(path, container.demuxer)
    found = await probe(source)
    tap = Tap(audio.samples(found.sound()), lambda _: None, 60_000)
    made = await render(ffmpeg, source, [audio.speech("a", found.sound())], folder, LIMITS, tap=tap)
    assert made.duration_ms
    await check_complete(source, found, made.duration_ms)
    return made.duration_ms


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("a.wav", ()),
        ("long.wav", ("-rf64", "always")),
        ("a.aiff", ()),
        ("a.flac", ()),
        ("front.m4a", ("-c:a", "aac", "-movflags", "+faststart")),
        ("a.webm", ("-c:a", "libopus")),
    ],
)
async def test_half_a_file_is_incomplete(
    ffmpeg: Path, make: Make, tmp_path: Path, name: str, arguments: tuple[str, ...]
) -> None:
    """Where the file itself tells how long it was, half of it is refused with both lengths."""
    whole = make(name, *arguments)
    assert await check(ffmpeg, whole, tmp_path) == pytest.approx(SPEECH_MS, abs=20)
    half = tmp_path / "input"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(Incomplete, match=r"0:00:0[34] of 0:00:07 could be read\. Upload it again") as caught:
        await check(ffmpeg, half, tmp_path)
    assert caught.value.final


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("live.webm", ("-c:a", "libopus", "-live", "1")),
        ("long.mp4", (*LONG_PICTURE, "-c:a", "aac")),
        ("long.mkv", (*LONG_PICTURE, "-c:a", "aac")),
        ("film.mp4", (*PICTURE, *H264, "-c:a", "aac")),
        ("bare.mp3", ("-c:a", "libmp3lame", "-q:a", "5", "-write_xing", "0")),
    ],
)
async def test_what_tells_no_length_of_its_sound_is_whole(
    ffmpeg: Path, make: Make, tmp_path: Path, name: str, arguments: tuple[str, ...]
) -> None:
    """No length, that of the picture, and one guessed from a bit rate are held against nobody."""
    assert await check(ffmpeg, make(name, *arguments), tmp_path) == pytest.approx(SPEECH_MS, abs=120)


@pytest.mark.parametrize("size", [0, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF])
async def test_a_recorder_that_could_not_go_back_is_believed_nothing(
    ffmpeg: Path, speech: Path, tmp_path: Path, size: int
) -> None:
    """What writers into a pipe put where the size belongs is no length."""
    piped, sound = tmp_path / "input", bytearray(speech.read_bytes())
    at = sound.index(b"data") + 4
    sound[at : at + 4] = struct.pack("<I", size)
    piped.write_bytes(sound)
    assert await check(ffmpeg, piped, tmp_path) == SPEECH_MS


async def test_sound_that_was_trimmed_is_whole(ffmpeg: Path, make: Make, tmp_path: Path) -> None:
    """An editor that plays three seconds of seven by a list of edits keeps the other four in the file."""
    trimmed = bytearray(make("front.m4a", "-c:a", "aac", "-movflags", "+faststart").read_bytes())
    at = trimmed.index(b"elst") + 12  # ISO/IEC 14496-12, 8.6.6: the first segment's duration
    trimmed[at : at + 4] = struct.pack(">I", 3 * 1000 * (16_000 // 1000))
    path = tmp_path / "input"
    path.write_bytes(trimmed)
    assert await check(ffmpeg, path, tmp_path) == pytest.approx(3000, abs=20)


@pytest.mark.parametrize("kept", [12, 20, 30, 44])
async def test_a_header_that_breaks_off_announces_nothing(speech: Path, tmp_path: Path, kept: int) -> None:
    """Reading the header of a stump is no failure of its own."""
    stump = tmp_path / "input"
    stump.write_bytes(speech.read_bytes()[:kept])
    assert await announced_ms(stump) in {None, SPEECH_MS}


async def test_wrong_sum_in_a_header_is_not_believed(ffmpeg: Path, make: Make, tmp_path: Path) -> None:
    """Writers that forget the second channel in the bytes per second have written the whole file all the same."""
    stereo = bytearray(make("stereo.wav", "-ac", "2").read_bytes())
    at = stereo.index(b"fmt ") + 16
    (rate,) = struct.unpack_from("<I", stereo, at)
    struct.pack_into("<I", stereo, at, rate // 2)
    path = tmp_path / "input"
    path.write_bytes(stereo)
    assert await check(ffmpeg, path, tmp_path) == pytest.approx(SPEECH_MS, abs=20)
