"""Everything made of one sound, in one process, out of every container."""

import asyncio
import os
import subprocess
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import av
import pytest

from server.ffmpeg import audio
from server.ffmpeg.allowance import allowance
from server.ffmpeg.forms import FORMS
from server.ffmpeg.probe import AudioStream, Probe, probe
from server.ffmpeg.render import Made, Output, render
from server.ffmpeg.sniff import WEBA
from server.ffmpeg.source import Source
from server.ffmpeg.tap import Tap
from tests.ffmpeg.conftest import Make
from tests.ffmpeg.gallery import FILMS, PICTURE, SOUNDS, SPEECH_MS, Piece

HOUR_MS = 3_600_000


@dataclass
class Rendered:
    """A source and what was made of it."""

    source: Path
    probe: Probe
    made: Made
    files: dict[str, Path]
    samples: bytearray


AllOf = Callable[[Piece], Awaitable[Rendered]]


async def render_all(ffmpeg: Path, source: Path, demuxer: str, folder: Path) -> Rendered:
    """Make what a recording needs, as a pipeline would."""
    size = await asyncio.to_thread(os.path.getsize, source)
    found = await probe(Source(source, demuxer))
    stream, samples = found.sound(), bytearray()
    outputs = (
        audio.best("main", stream),
        audio.aac("light", stream),
        audio.beginning("short", stream, FORMS["mp3"], seconds=3),
        audio.speech("inference", stream),
    )
    made = await render(
        ffmpeg,
        Source(source, demuxer),
        outputs,
        folder,
        allowance(found, size, longest_ms=HOUR_MS),
        tap=Tap(audio.samples(stream), samples.extend, HOUR_MS),
    )
    return Rendered(source, found, made, {Path(output.name).stem: folder / output.name for output in outputs}, samples)


@pytest.fixture(scope="module")
def all_of(ffmpeg: Path, make: Make, tmp_path_factory: pytest.TempPathFactory) -> AllOf:
    """Give a maker of what a recording needs out of a piece, once for all who ask."""
    known: dict[str, Rendered] = {}

    async def render_once(piece: Piece) -> Rendered:
        if piece.name not in known:
            source, folder = make(piece.name, *piece.arguments), tmp_path_factory.mktemp("made")
            known[piece.name] = await render_all(ffmpeg, source, piece.container.demuxer, folder)
        return known[piece.name]

    return render_once


def pcm(ffmpeg: Path, path: Path, *, width: int = 16) -> bytes:
    """Decode a file with ffmpeg and nothing else."""
    argv = (str(ffmpeg), "-v", "error", "-i", str(path), "-map", "0:a:0", "-f", f"s{width}le", "-")
    return subprocess.run(argv, check=True, capture_output=True, timeout=30).stdout


def check_bare(path: Path, *, starts_ms: float = 1) -> float:
    """Check that a file starts at zero, has one stream and says nothing of its origin; give its seconds."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        assert len(container.streams) == 1
        assert not container.chapters()
        assert not {"title", "artist", "comment", "creation_time"} & {*container.metadata, *stream.metadata}
        assert container.start_time is not None
        assert container.duration is not None
        padding = 1105 / 16_000 if path.suffix == ".mp3" else 0  # the encoder's delay, which players skip
        assert 0 <= container.start_time / 1e6 <= padding + starts_ms / 1000
        return container.duration / 1e6


TWINS = {"rf64.wav", "bare.mp3", "layer2.mp3", "a.mka", "v.mov", "v.m2ts", "v.wmv"}
"""Pieces that go the same way as another one."""


@pytest.mark.parametrize("piece", [piece for piece in (*SOUNDS, *FILMS) if piece.name not in TWINS], ids=str)
async def test_every_container_gives_every_file(all_of: AllOf, piece: Piece) -> None:
    """All files start at zero, last as long as the sound, and carry nothing else."""
    rendered = await all_of(piece)
    stream, made = rendered.probe.sound(), rendered.made
    assert (stream.codec, len(rendered.probe.video)) == (piece.codec, piece in FILMS)
    assert rendered.files["main"].suffix == f".{piece.main}"
    # ADTS and AMR have no header that tells a duration: it is estimated by the bit rate.
    assert rendered.probe.duration_ms is None or rendered.probe.duration_ms == pytest.approx(SPEECH_MS, rel=0.1)
    assert made.duration_ms == len(rendered.samples) // 32 == pytest.approx(SPEECH_MS, abs=250)
    for name, path in rendered.files.items():
        seconds = check_bare(path, starts_ms=110)
        assert made.sizes[path.name] == path.stat().st_size
        assert seconds * 1000 == pytest.approx(3000 if name == "short" else made.duration_ms, abs=110)


async def test_what_is_for_speech_models_is_what_the_tap_heard(
    ffmpeg: Path, speech: Path, make: Make, tmp_path: Path
) -> None:
    """The inference file is 16 kHz, mono, 16 bits, sample for sample what the tap got."""
    surround = make("surround.wav", "-ac", "6", "-ar", "48000", "-c:a", "pcm_s24le")
    rendered = await render_all(ffmpeg, surround, "wav", tmp_path)
    (stream,) = (await probe(Source(rendered.files["inference"], "flac"))).audio
    assert (stream.sample_rate, stream.channels, stream.bits) == (16_000, 1, 16)
    assert pcm(ffmpeg, rendered.files["inference"]) == rendered.samples
    assert len(rendered.samples) == len(pcm(ffmpeg, speech))


LIVE = Piece("live.webm", ("-c:a", "libopus", "-live", "1"), WEBA, "opus", "webm")
EXACT = {"s16.wav", "a.flac", "a.mp3", "a.m4a", "opus.ogg", "vorbis.ogg"}


@pytest.mark.parametrize("piece", [*(piece for piece in SOUNDS if piece.name in EXACT), LIVE], ids=str)
async def test_best_keeps_every_sample(ffmpeg: Path, all_of: AllOf, piece: Piece) -> None:
    """Copied or packed losslessly, the best file decodes to exactly what the source does."""
    rendered = await all_of(piece)
    assert pcm(ffmpeg, rendered.files["main"]) == pcm(ffmpeg, rendered.source)


async def test_24_bits_are_kept(ffmpeg: Path, make: Make, tmp_path: Path) -> None:
    """Studio recordings lose nothing."""
    noise = ("-af", "aeval=val(0)+random(0)/20000", "-ar", "48000", "-c:a", "pcm_s24le")  # fills the lowest bits
    rendered = await render_all(ffmpeg, make("deep.wav", *noise), "wav", tmp_path)
    assert pcm(ffmpeg, rendered.files["main"], width=24) == pcm(ffmpeg, rendered.source, width=24)


async def test_a_recorders_clock_may_begin_anywhere(ffmpeg: Path, make: Make, tmp_path: Path) -> None:
    """A live WebM whose first time stamp is not zero becomes files that start at zero and know how long they are."""
    shifted = make("shifted.webm", "-c:a", "libopus", "-live", "1", "-output_ts_offset", "5")
    rendered = await render_all(ffmpeg, shifted, "matroska", tmp_path)
    assert rendered.probe.duration_ms is None
    assert rendered.made.duration_ms == SPEECH_MS
    assert check_bare(rendered.files["main"]) == pytest.approx(SPEECH_MS / 1000, abs=0.01)
    assert pcm(ffmpeg, rendered.files["main"]) == pcm(ffmpeg, rendered.source)


async def test_sound_that_sets_in_late_stays_in_step(ffmpeg: Path, speech: Path, make: Make, tmp_path: Path) -> None:
    """Where the picture begins first, silence leads in, so that the text's times are the picture's."""
    late = make("late.mp4", *PICTURE[:4], "-itsoffset", "0.7", "-i", str(speech), "-map", "1:v", "-map", "2:a")
    rendered = await render_all(ffmpeg, late, "mov", tmp_path)
    assert rendered.files["main"].suffix == ".flac"
    assert rendered.made.duration_ms == pytest.approx(SPEECH_MS + 700, abs=80)
    assert not any(rendered.samples[: 600 * 32])
    for name in ("main", "light", "inference"):
        assert check_bare(rendered.files[name]) * 1000 == pytest.approx(rendered.made.duration_ms, abs=1)


async def test_a_gap_stays_a_gap(ffmpeg: Path, make: Make, tmp_path: Path) -> None:
    """Three seconds that a recorder lost are three seconds of silence in every file."""
    gap = make("gap.webm", "-af", "aselect=not(between(t\\,2\\,5))", "-c:a", "libopus", "-live", "1")
    rendered = await render_all(ffmpeg, gap, "matroska", tmp_path)
    assert rendered.made.duration_ms == pytest.approx(SPEECH_MS, abs=20)
    assert not any(rendered.samples[2200 * 32 : 4800 * 32])
    assert check_bare(rendered.files["main"]) == pytest.approx(SPEECH_MS / 1000, abs=0.02)


async def test_the_longest_frames_are_no_trouble(ffmpeg: Path, make: Make, tmp_path: Path) -> None:
    """FLAC in blocks longer than other encoders take at once is made into everything."""
    long = make("long.flac", "-ar", "8000", "-c:a", "flac", "-frame_size", "65535")
    rendered = await render_all(ffmpeg, long, "flac", tmp_path)
    assert rendered.made.duration_ms == SPEECH_MS
    assert len(pcm(ffmpeg, rendered.files["inference"])) == SPEECH_MS * 32


async def test_time_stamps_that_fall_behind_lose_nothing(ffmpeg: Path, make: Make, tmp_path: Path) -> None:
    """A file whose clock is too slow keeps every word."""
    slow = make("slow.mkv", "-af", "asetpts=PTS*0.8", "-c:a", "pcm_s16le")
    rendered = await render_all(ffmpeg, slow, "matroska", tmp_path)
    assert rendered.made.duration_ms == SPEECH_MS
    assert rendered.samples == pcm(ffmpeg, rendered.source)


async def test_tags_chapters_and_cover_are_dropped(ffmpeg: Path, make: Make, tmp_path: Path) -> None:
    """Nothing of what a person's software wrote into the file is passed on."""
    notes = tmp_path / "notes"
    notes.write_text(";FFMETADATA1\ntitle=At home\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=3000\ntitle=One\n")
    cover = make("cover.jpg", "-f", "lavfi", "-i", "testsrc=s=64x48", "-map", "1:v", "-frames:v", "1")
    streams = ("-map", "0:a", "-map", "2:v", "-c:a", "aac", "-c:v", "copy", "-disposition:v", "attached_pic")
    source = make("tagged.m4a", "-i", str(notes), "-i", str(cover), *streams, "-map_metadata", "1")
    with av.open(str(source)) as container:
        assert (container.metadata["title"], len(container.chapters()), len(container.streams)) == ("At home", 1, 3)
    rendered = await render_all(ffmpeg, source, "mov", tmp_path)
    for path in rendered.files.values():
        check_bare(path)
        assert b"At home" not in path.read_bytes()


async def test_the_same_source_gives_the_same_bytes(ffmpeg: Path, speech: Path, tmp_path: Path) -> None:
    """A file that is made again is the file that was there before."""
    twice: list[dict[str, bytes]] = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        rendered = await render_all(ffmpeg, speech, "wav", folder)
        twice.append({name: path.read_bytes() for name, path in rendered.files.items()})
    assert twice[0] == twice[1]


async def test_light_files_start_before_they_are_loaded(ffmpeg: Path, speech: Path, tmp_path: Path) -> None:
    """The index of an M4A stands before its sound."""
    rendered = await render_all(ffmpeg, speech, "wav", tmp_path)
    light = rendered.files["light"].read_bytes()
    assert light.index(b"moov") < light.index(b"mdat")


@pytest.mark.parametrize(
    ("stream", "name"),
    [
        (AudioStream(1, "aac", 48_000, 2), "main.m4a"),
        (AudioStream(1, "aac", 48_000, 2, start_ms=700), "main.flac"),
        (AudioStream(0, "opus", 48_000, 2), "main.webm"),
        (AudioStream(0, "alac", 44_100, 2, bits=16), "main.flac"),
    ],
)
def test_only_what_browsers_play_is_copied(stream: AudioStream, name: str) -> None:
    """What can't be copied is packed as FLAC."""
    output: Output = audio.best("main", stream)
    assert output.name == name
    assert ("copy" in output.arguments) == (not name.endswith("flac"))


def test_more_channels_than_flac_has_become_two() -> None:
    """FLAC ends at eight channels (RFC 9639, 9.1.3)."""
    arguments = audio.best("main", AudioStream(0, "pcm_s16le", 16_000, 12, bits=16)).arguments
    assert arguments[arguments.index("-ac") + 1] == "2"
