"""Videos that every browser plays, made of those that not every one does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import av
import pytest

from server.ffmpeg import video
from server.ffmpeg.allowance import disk_for_pictures, picture_allowance, picture_kbit
from server.ffmpeg.colours import FILTERS, to_bt709
from server.ffmpeg.failures import NoPicture, RenderFailed
from server.ffmpeg.filters import has_filters
from server.ffmpeg.probe import AudioStream, Probe, VideoStream, probe
from server.ffmpeg.render import render
from server.ffmpeg.source import Source
from tests.ffmpeg.conftest import Make

HOUR_MS = 3_600_000
PICTURE = ("-f", "lavfi", "-i", "testsrc=s=160x120:r=10:d=2")
FINISHED = ("-c:v", "libx264", "-preset", "ultrafast", "-profile:v", "main", "-pix_fmt", "yuv420p")
TELLTALE = (b"gpmd", b"GPS5", b"+52.5200", b"\xa9xyz", b"Walk", b"At home", b"x264 - ")
"""What tells where, when and by what something was filmed, and how it was encoded."""
QUARTER_LEFT = (0, -65536, 0, 65536, 0, 0, 0, 0, 1 << 30)
MIRRORED = (-65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)

FIT = VideoStream(0, "h264", 1920, 1080, 30.0, "yuv420p", "High", 41)
SOUND = AudioStream(1, "aac", 48_000, 2, profile="LC")


@dataclass
class Shown:
    """A video and what was made of it."""

    source: Probe
    web: Probe
    file: Path

    def times(self) -> list[float]:
        """Give when each frame is shown, in seconds."""
        return frame_times(self.file)


def frame_times(file: Path) -> list[float]:
    """Give when each frame is shown, in seconds."""
    with av.open(str(file)) as container:
        return [round(frame.time, 3) for frame in container.decode(video=0)]


def says(file: Path, *words: bytes) -> set[bytes]:
    """Give those of the words that are in a file."""
    content = file.read_bytes()
    return {word for word in words if word in content}


def units(file: Path) -> set[int]:
    """Give the types of the units in a stream of H.264 (7.4.1), each with its length before it (ISO/IEC 14496-15)."""
    found = set()
    with av.open(str(file)) as container:
        for content in map(bytes, container.demux(video=0)):
            at = 0
            while at < len(content):
                found.add(content[at + 4] & 31)
                at += 4 + int.from_bytes(content[at : at + 4])
    return found


Show = Callable[[Path, str], Awaitable[Shown]]


@pytest.fixture
def show(ffmpeg: Path, tmp_path: Path) -> Show:
    """Give a maker of what browsers play."""

    async def run(path: Path, demuxer: str) -> Shown:
        source = Source(path, demuxer, reading=video.UNDAMAGED)
        found = await probe(source, look=True)
        output = video.web("web", found, next(iter(found.audio), None), kbit=1000, maps_tones=False)
        await render(ffmpeg, source, [output], tmp_path, picture_allowance(100_000, 2000, longest_ms=HOUR_MS))
        return Shown(found, await probe(Source(tmp_path / "web.mp4", "mov"), look=True), tmp_path / "web.mp4")

    return run


def picture_codec(*, demuxer: str = "mov", **changed: Any) -> str:
    """Say how the picture of a video is written that is fit but for what is changed."""
    probed = Probe(demuxer, 1000, (), (replace(FIT, **changed),))
    arguments = video.web("web", probed, None, kbit=1000, maps_tones=True).arguments
    return arguments[arguments.index("-c:v") + 1]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"profile": "Constrained Baseline", "pixel_format": "yuvj420p", "level": 10},
        {"width": 1080, "height": 1920, "frame_rate": 60.02},
        {"display_matrix": QUARTER_LEFT},
        {"transfer": 6, "primaries": 5, "start_ms": 60},
        {"demuxer": "mpegts"},
    ],
)
def test_what_is_fit_is_copied(changed: dict[str, Any]) -> None:
    """Whatever browsers play as it is keeps every bit of its picture, and its turn."""
    assert picture_codec(**changed) == "copy"


@pytest.mark.parametrize(
    "changed",
    [
        {"codec": "hevc"},
        {"pixel_format": "yuv420p10le", "profile": "High 10"},
        {"pixel_format": "yuv422p"},
        {"profile": "Baseline"},
        {"level": 51},
        {"level": None},
        {"width": 1922},
        {"width": 1080, "height": 1922},
        {"aspect": (4, 3)},
        {"frame_rate": 120.0},
        {"frame_rate": None},
        {"interlaced": True},
        {"transfer": 16},
        {"transfer": 18},
        {"primaries": 9},
        {"display_matrix": MIRRORED},
        {"start_ms": 900},
        {"demuxer": "avi"},
    ],
)
def test_what_is_not_fit_is_encoded(changed: dict[str, Any]) -> None:
    """One thing that some browser doesn't play is enough."""
    assert picture_codec(**changed) == "libx264"


@pytest.mark.parametrize(
    ("changed", "codec"),
    [
        ({}, "copy"),
        ({"channels": 1, "sample_rate": 16_000}, "copy"),
        ({"channels": 6}, "aac"),
        ({"profile": "HE-AAC"}, "aac"),
        ({"sample_rate": 96_000}, "aac"),
        ({"codec": "opus", "profile": None}, "aac"),
        ({"start_ms": 80}, "aac"),
    ],
)
def test_sound_is_for_two_ears(changed: dict[str, Any], codec: str) -> None:
    """AAC of one or two channels is copied, unless it sets in late; else it is made that, at a rate that AAC has."""
    probed = Probe("mov", 1000, (), (FIT,))
    arguments = video.web("web", probed, replace(SOUND, **changed), kbit=1000, maps_tones=True).arguments
    assert arguments[arguments.index("-c:a") + 1] == codec
    if codec == "aac":
        assert arguments[arguments.index("-ac") + 1 : arguments.index("-ac") + 4] == ("2", "-ar", "48000")


@pytest.mark.parametrize(
    ("changed", "shown", "scaled"),
    [
        ({}, (1920, 1080), "1920:1080"),
        ({"width": 3840, "height": 2160}, (3840, 2160), "1920:1080"),
        ({"width": 3840, "height": 2160, "display_matrix": QUARTER_LEFT}, (2160, 3840), "1080:1920"),
        ({"width": 720, "height": 576, "aspect": (64, 45)}, (1024, 576), "1024:576"),
        ({"width": 321, "height": 241}, (321, 241), "320:240"),
        ({"aspect": (2**31 - 1, 1)}, (489_600, 1080), "1920:4"),
        ({"width": 4000, "height": 10}, (4000, 10), "1920:4"),
        ({"width": 1, "height": 1}, (1, 1), "2:2"),
    ],
)
def test_size_is_as_it_is_shown(changed: dict[str, Any], shown: tuple[int, int], scaled: str) -> None:
    """Pixels become square, the picture is upright, its sides are even, and it is never enlarged."""
    picture = replace(FIT, codec="hevc", **changed)
    assert video.displayed(picture) == shown
    probed = Probe("mov", 1000, (), (picture,))
    arguments = video.web("web", probed, None, kbit=1000, maps_tones=True).arguments
    filters = arguments[arguments.index("-vf") + 1].split(",")
    assert [name for name in filters if name.startswith(f"scale={scaled}:in_color_matrix=bt")] != []


@pytest.mark.parametrize(
    ("changed", "filters"),
    [
        ({"interlaced": True}, "bwdif=mode=send_frame,"),
        ({"frame_rate": 120.0}, "fps=60,"),
        ({"height": 576, "codec": "hevc"}, "in_color_matrix=bt601:"),
        ({"height": 720, "codec": "hevc"}, "in_color_matrix=bt709:"),
        ({"transfer": 16}, "color_trc=smpte2084:"),
        ({"transfer": 18}, "tonemap=tonemap=hable"),
    ],
)
def test_pictures_are_brought_down(changed: dict[str, Any], filters: str) -> None:
    """To whole frames, to 60 of them a second, to the colours and tones that browsers expect."""
    probed = Probe("mov", 1000, (), (replace(FIT, **changed),))
    arguments = video.web("web", probed, None, kbit=1000, maps_tones=True).arguments
    assert filters in arguments[arguments.index("-vf") + 1]


def test_tones_are_left_where_nothing_maps_them() -> None:
    """An ffmpeg without the filters still makes a video."""
    filters = list(to_bt709(replace(FIT, transfer=16), 160, 120, maps_tones=False))
    assert not [name for name in filters if name.startswith(tuple(FILTERS))]


def test_picture_does_not_outgrow_its_source() -> None:
    """What it may take of bits follows the source's, between bounds, and its file has room for them."""
    assert picture_kbit(100_000_000, HOUR_MS) == 444
    assert (picture_kbit(1000, HOUR_MS), picture_kbit(10**10, HOUR_MS), picture_kbit(1000, None)) == (250, 8000, 8000)
    limits = picture_allowance(100_000_000, HOUR_MS, longest_ms=HOUR_MS)
    assert limits.file_size is not None
    assert 444 * 125 * 3600 < limits.file_size < disk_for_pictures(100_000_000, longest_ms=HOUR_MS)
    assert limits.niceness == 10


def test_sound_alone_has_no_picture() -> None:
    """Asking for it is a failure that tells what the file is."""
    with pytest.raises(NoPicture):
        Probe("mov", 1000, (SOUND,), ()).picture()


async def test_program_is_asked_for_its_filters(ffmpeg: Path, tmp_path: Path) -> None:
    """It has those that its own list names."""
    assert await has_filters(ffmpeg, {"scale", "bwdif", "thumbnail"}, tmp_path)
    assert not await has_filters(ffmpeg, {"scale", "no_such_filter"}, tmp_path)


async def test_phone_video_is_made_upright_and_tells_nothing(make: Make, show: Show, tmp_path: Path) -> None:
    """10 bits become 8, six channels two, a turned picture stands; where and by what it was filmed is gone."""
    (where := tmp_path / "where").write_bytes(b"GPS5 52.5200N" + bytes(400))
    said = "title=Walk\nlocation=+52.5200+013.4050/\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle=At home\n"
    (about := tmp_path / "about").write_text(f";FFMETADATA1\n{said}")
    halves = ("-f", "lavfi", "-i", "color=white:s=160x120:r=10:d=2,drawbox=y=60:h=60:color=black:t=fill")
    tracks = ("-map", "1:v", "-map", "0:a", "-map", "2:d", "-map_metadata", "3", "-t", "2", "-tag:d", "gpmd")
    codecs = ("-pix_fmt", "yuv420p10le", *FINISHED[:4], "-c:d", "copy", "-c:a", "aac", "-ac", "6")
    inputs = (*halves, "-f", "data", "-i", str(where), "-f", "ffmetadata", "-i", str(about))
    level = make("level.mov", *inputs, *tracks, *codecs)
    turn = ("-display_rotation", "90", "-i", str(level), "-map", "1", "-map_metadata", "1", "-c", "copy")
    phone = make("phone.mov", *turn, "-tag:d", "gpmd")
    assert says(phone, *TELLTALE) == {*TELLTALE}
    shown = await show(phone, "mov")
    picture, [sound] = shown.web.picture(), shown.web.audio
    assert (picture.codec, picture.pixel_format, picture.width, picture.height) == ("h264", "yuv420p", 120, 160)
    assert (sound.codec, sound.channels, shown.web.streams) == ("aac", 2, 2)
    assert says(shown.file, *TELLTALE) == set()
    with av.open(str(shown.file)) as container:
        frame = next(container.decode(video=0)).to_ndarray(format="gray")
    assert (frame[:, 10:50].mean() > 200, frame[:, 70:110].mean() < 50) == (True, True)


async def test_finished_video_is_only_packed_anew(make: Make, show: Show) -> None:
    """Of H.264 and AAC nothing is encoded again: it begins to play at once, and loses what is said beside."""
    tracks = ("-map", "1:v", "-map", "0:a", "-t", "2", "-metadata", "location=+52.5200+013.4050/")
    level = make("finished.mov", *PICTURE, *tracks, *FINISHED, "-aud", "1", "-c:a", "aac")
    turn = ("-display_rotation", "90", "-i", str(level), "-map", "1", "-map_metadata", "1", "-c", "copy")
    turned = make("turned.mov", *turn)
    shown = await show(turned, "mov")
    assert shown.web.picture() == shown.source.picture()
    assert video.displayed(shown.web.picture()) == (120, 160)
    assert shown.web.audio == shown.source.audio
    assert shown.times() == frame_times(turned)
    content = shown.file.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    assert says(turned, b"\xa9xyz", b"x264 - ") == {b"\xa9xyz", b"x264 - "}
    assert says(shown.file, *TELLTALE) == set()
    assert (units(turned), units(shown.file)) == ({1, 5, 6, 9}, {1, 5})


async def test_single_frame_is_its_own_still(make: Make, ffmpeg: Path, tmp_path: Path) -> None:
    """A video that is over at once has a poster, too."""
    source = Source(
        make("short.mkv", *PICTURE, "-map", "1:v", "-frames:v", "1", "-r", "25", "-c:v", "ffv1"), "matroska"
    )
    picture = (await probe(source, look=True)).picture()
    still = video.poster("poster", picture, maps_tones=False, even_dark=False)
    part, limits = replace(source, reading=video.part(0)), picture_allowance(1000, 40, longest_ms=HOUR_MS)
    assert (await render(ffmpeg, part, [still], tmp_path, limits)).sizes["poster.jpg"] > 0


async def test_frames_keep_their_times(make: Make, show: Show) -> None:
    """A screen that is filmed only when something moves stays in step, without sound, too."""
    irregular = ("-vf", "settb=1/1000,setpts=N*N*9", "-fps_mode", "passthrough", "-enc_time_base:v", "1:1000")
    screen = make("screen.mkv", *PICTURE, "-map", "1:v", *irregular, "-c:v", "ffv1")
    shown = await show(screen, "matroska")
    assert shown.web.audio == ()
    assert shown.times() == pytest.approx([number * number * 0.009 for number in range(20)], abs=0.001)


async def test_half_a_video_is_made_of_half_a_file(make: Make, show: Show, tmp_path: Path) -> None:
    """What can be read of one that was cut off is shown; of one without any frame, nothing is made."""
    tracks = ("-map", "1:v", "-map", "0:a", "-t", "2", "-movflags", "+faststart")
    whole = make("whole.mp4", *PICTURE, *tracks, *FINISHED, "-c:a", "aac").read_bytes()
    (half := tmp_path / "half").write_bytes(whole[: len(whole) * 6 // 10])
    times = (await show(half, "mov")).times()
    assert times == [round(number / 10, 3) for number in range(len(times))]
    assert 8 <= len(times) < 19
    (none := tmp_path / "none").write_bytes(whole[: whole.index(b"mdat") + 4])
    with pytest.raises(RenderFailed):
        await show(none, "mov")
