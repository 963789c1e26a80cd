"""What a probe finds, and what it refuses."""

import json
import random
from pathlib import Path

import av
import pytest

from server.ffmpeg import probe as probe_module
from server.ffmpeg import probe_child
from server.ffmpeg.confine import Limits
from server.ffmpeg.failures import MachineTrouble, NoSound, TooComplex, Unreadable
from server.ffmpeg.probe import AudioStream, probe
from server.ffmpeg.source import MAX_STREAMS, Source
from tests.ffmpeg.conftest import Make
from tests.ffmpeg.gallery import FILMS, PICTURE

ANSWER = '{"demuxer": "wav", "duration_ms": 1, "audio": [%s], "video": [%s]}'


async def test_rate_channels_and_bits(make: Make) -> None:
    """A lossless stream tells the bits of its samples."""
    surround = make("surround.wav", "-ac", "6", "-ar", "48000", "-c:a", "pcm_s24le")
    stream = AudioStream(0, "pcm_s24le", 48_000, 6, bit_rate=48_000 * 6 * 24, bits=32, duration_ms=7100)
    assert (await probe(Source(surround, "wav"))).audio == (stream,)


async def test_a_recorder_writes_no_duration(make: Make) -> None:
    """A live WebM has no duration in its header, and the probe makes none up."""
    live = make("live.webm", "-c:a", "libopus", "-live", "1")
    assert (await probe(Source(live, "matroska"))).duration_ms is None


async def test_sound_that_sets_in_late(make: Make, speech: Path) -> None:
    """The distance between the beginning of the file and that of its sound is told."""
    late = make("late.mp4", *PICTURE[:4], "-itsoffset", "0.7", "-i", str(speech), "-map", "1:v", "-map", "2:a")
    assert (await probe(Source(late, "mov"))).sound().start_ms == pytest.approx(700, abs=80)


async def test_cover_art_is_no_picture(make: Make) -> None:
    """An MP3 with a cover is sound alone."""
    cover = make("cover.jpg", "-f", "lavfi", "-i", "testsrc=s=64x48", "-map", "1:v", "-frames:v", "1")
    streams = ("-i", str(cover), "-map", "0:a", "-map", "1:v", "-c:v", "copy", "-disposition:v", "attached_pic")
    path = make("cover.mp3", *streams)
    with av.open(str(path)) as container:
        assert len(container.streams) == 2
    found = await probe(Source(path, "mp3"))
    assert (len(found.audio), found.video) == (1, ())


async def test_a_silent_film_has_no_sound(make: Make) -> None:
    """Asking for its sound is an error that says so."""
    found = await probe(Source(make("silent.mp4", *PICTURE[:4], "-map", "1:v", "-t", "1"), "mov"))
    assert len(found.video) == 1
    with pytest.raises(NoSound, match="no sound"):
        found.sound()


@pytest.mark.parametrize(
    "demuxer", ["wav", "mp3", "aac", "ogg", "matroska", "mov", "mpegts", "flac", "asf", "avi", "flv"]
)
async def test_noise_is_unreadable(tmp_path: Path, demuxer: str) -> None:
    """Whatever noise is taken for, it is refused."""
    noise = tmp_path / "input"
    noise.write_bytes(random.Random(3).randbytes(100_000))  # noqa: S311 - the same bytes every time
    with pytest.raises(Unreadable, match="damaged or incomplete"):
        await probe(Source(noise, demuxer))


@pytest.mark.parametrize("kept", [0, 40, 5000])
async def test_a_film_cut_short_is_unreadable(make: Make, tmp_path: Path, kept: int) -> None:
    """An MP4 whose index is missing can't be read."""
    cut = tmp_path / "input"
    cut.write_bytes(make("cut.mp4", "-c:a", "aac").read_bytes()[:kept])
    with pytest.raises(Unreadable):
        await probe(Source(cut, "mov"))


async def test_sound_cut_short_is_what_is_left(make: Make, tmp_path: Path) -> None:
    """An MP3 needs no end to be heard, but it does need frames."""
    cut = tmp_path / "input"
    cut.write_bytes(make("e.mp3").read_bytes()[:5000])
    assert (await probe(Source(cut, "mp3"))).audio
    cut.write_bytes(b"")
    with pytest.raises(Unreadable):
        await probe(Source(cut, "mp3"))


async def test_too_many_streams_are_refused(make: Make) -> None:
    """Hundreds of streams would cost hundreds of decoders."""
    for name, demuxer in (("many.mov", "mov"), ("many.mkv", "matroska")):
        many = make(name, *("-map", "0:a") * 200, "-t", "0.01", "-c:a", "pcm_s16le")
        with pytest.raises(TooComplex, match="more than 64 streams"):
            await probe(Source(many, demuxer))
    few = make("few.mov", *("-map", "0:a") * MAX_STREAMS, "-t", "0.01", "-c:a", "pcm_s16le")
    assert len((await probe(Source(few, "mov"))).audio) == MAX_STREAMS


async def test_too_many_pixels_are_refused(make: Make, tmp_path: Path) -> None:
    """A header that claims a huge picture is refused before any memory is asked for."""
    small = bytearray(make("raw.mov", *PICTURE[:4], "-map", "1:v", "-t", "0.1", "-c:v", "rawvideo").read_bytes())
    size = small.index(b"stsd") + 44  # QuickTime File Format, Video sample description: width and height
    assert small[size : size + 4] == b"\0\x40\0\x30"
    small[size : size + 4] = b"\x7f\xff\x7f\xff"
    huge = tmp_path / "input"
    huge.write_bytes(small)
    with pytest.raises(Unreadable):
        await probe(Source(huge, "mov"))


async def test_a_huge_claim_is_only_a_claim(make: Make, tmp_path: Path) -> None:
    """A header may claim years; that is told as it stands, and costs nothing."""
    flac = bytearray(make("a.flac").read_bytes())
    flac[21] |= 0x0F  # RFC 9639, 8.2: the total number of samples, 36 bits
    flac[22:26] = b"\xff\xff\xff\xff"
    claims = tmp_path / "input"
    claims.write_bytes(flac)
    assert (await probe(Source(claims, "flac"))).duration_ms == 2**36 // 16


async def test_a_missing_file_is_no_fault_of_the_file(tmp_path: Path) -> None:
    """That the file isn't there is trouble of the machine, and can be tried again."""
    with pytest.raises(MachineTrouble) as caught:
        await probe(Source(tmp_path / "input", "wav"))
    assert not caught.value.final
    assert "No such file" in caught.value.tail


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "no JSON",
        "{}",
        '{"demuxer": "wav", "duration_ms": -1, "audio": [], "video": []}',
        ANSWER % ('{"index": 0, "codec": "; rm", "sample_rate": 1, "channels": 1}', ""),
        ANSWER % ("", '{"index": 0, "codec": "png", "width": 99999, "height": 99999}'),
    ],
)
async def test_the_child_is_not_trusted(
    speech: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """A child that a file has taken over could say anything: only what fits is believed."""
    taken_over = tmp_path / "child.py"
    taken_over.write_text(f"print({answer!r})")
    monkeypatch.setattr(probe_module, "_CHILD", taken_over)
    with pytest.raises(Unreadable):
        await probe(Source(speech, "wav"))


@pytest.mark.parametrize(
    ("ends", "failure"),
    [
        ("os.kill(os.getpid(), 11)", Unreadable),
        ("os.kill(os.getpid(), 9)", MachineTrouble),
        ("sys.exit(1)", MachineTrouble),
    ],
)
async def test_how_the_child_ended_tells_whose_fault_it_was(
    speech: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: str, failure: type[Exception]
) -> None:
    """A crash comes from the file; being killed, or not starting, does not."""
    child = tmp_path / "child.py"
    child.write_text(f"import os, sys; {ends}")
    monkeypatch.setattr(probe_module, "_CHILD", child)
    with pytest.raises(failure) as caught:
        await probe(Source(speech, "wav"))
    assert type(caught.value) is failure


async def test_a_probe_that_takes_too_long(speech: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A header is read in a moment: if not, the machine is busy, and it can be tried again."""
    monkeypatch.setattr(probe_module, "LIMITS", Limits(seconds=0.01, memory=None))
    with pytest.raises(MachineTrouble, match="too long"):
        await probe(Source(speech, "wav"))


def test_the_child_describes_a_film(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """The child's own words, in this process."""
    film = next(piece for piece in FILMS if piece.name == "v.mp4")
    path = make(film.name, *film.arguments)
    assert probe_child.main("mov", str(path), 2, ["max_streams=2"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["demuxer"], said["video"][0]["frame_rate"], said["audio"][0]["bits"]) == ("mov", 10.0, None)


def test_the_child_refuses_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its exit status says that it is the file's fault."""
    text = tmp_path / "input"
    text.write_text("no sound")
    assert probe_child.main("mov", str(text), 2, []) == probe_child.UNREADABLE
    assert "Invalid data" in capsys.readouterr().err
