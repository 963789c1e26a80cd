"""From slices to one recording."""

import struct
from collections.abc import Iterable
from pathlib import Path

import pytest

from server.ffmpeg.allowance import copying
from server.ffmpeg.confine import run
from server.ffmpeg.failures import FfmpegFailure
from server.ffmpeg.joining import Joined, Joining
from server.ffmpeg.packets import Hole
from server.ffmpeg.pieces import Assembly
from tests.recorder import cut, record

SAMPLE_MS = 7100
PACKET_MS = 60
LATE_MS = 100
"""Encoders begin with some padding."""


class Table:
    """Puts slices together and joins them."""

    def __init__(self, ffmpeg: Path, folder: Path) -> None:
        self.ffmpeg, self.folder, self.assembly = ffmpeg, folder, Assembly(folder)

    async def join(self, slices: Iterable[tuple[int, bytes]], cut_ms: int = 5000) -> Joined:
        """Join slices, given with their numbers."""
        files = []
        for sequence, content in slices:
            files.append((sequence, self.folder / f"{sequence}.slice"))
            files[-1][1].write_bytes(content)
        size = sum(path.stat().st_size for _, path in files)
        self.assembly.add_all(files)
        assert not list(self.folder.glob("*.slice"))
        return await Joining(self.ffmpeg, self.folder, copying(size)).join(self.assembly.pieces, cut_ms)

    async def decoded_ms(self, name: str) -> int:
        """Play a file as the pipeline does, and return how long it sounds."""
        timed = ("-af", "aresample=async=1:first_pts=0", "-ar", "8000", "-ac", "1", "-f", "s16le", "-")
        argv = (str(self.ffmpeg), "-loglevel", "error", "-i", str(self.folder / name), *timed)
        played = await run(argv, self.folder, copying(10**7), most=10**8)
        assert played.code == 0
        return len(played.stdout) // 16


@pytest.fixture
def table(ffmpeg: Path, tmp_path: Path) -> Table:
    """A table with nothing on it."""
    return Table(ffmpeg, tmp_path)


@pytest.mark.parametrize(
    ("container", "extension"), [("webm", "webm"), ("mp4", "m4a"), ("ogg", "webm"), ("wav", "flac")]
)
async def test_slices_are_one_recording(table: Table, container: str, extension: str) -> None:
    """Slices of every kind of recorder become the whole and a part of it that ends on time."""
    joined = await table.join(enumerate(cut(record(container), 7)))
    assert (joined.whole.name, joined.cut.name) == (f"source.{extension}", f"main.{extension}")
    assert joined.duration_ms == pytest.approx(SAMPLE_MS, abs=LATE_MS)
    assert await table.decoded_ms(joined.whole.name) == pytest.approx(SAMPLE_MS, abs=LATE_MS)
    assert await table.decoded_ms(joined.cut.name) == pytest.approx(5000, abs=LATE_MS)
    assert (joined.holes, joined.unread, table.assembly.unread) == ((), (), [])


@pytest.mark.parametrize(
    ("second", "channels", "extension"), [("webm", 1, "webm"), ("webm", 2, "flac"), ("mp4", 1, "flac")]
)
async def test_recorder_that_began_anew(table: Table, second: str, channels: int, extension: str) -> None:
    """Runs follow each other without a pause: copied where one decoder plays both, else without a loss."""
    joined = await table.join(enumerate([*cut(record(), 3), *cut(record(second, channels=channels), 4)]), cut_ms=9000)
    assert joined.whole.name == f"source.{extension}"
    assert joined.duration_ms == pytest.approx(2 * SAMPLE_MS, abs=2 * LATE_MS)
    assert await table.decoded_ms(joined.whole.name) == pytest.approx(2 * SAMPLE_MS, abs=2 * LATE_MS)
    assert await table.decoded_ms(joined.cut.name) == pytest.approx(9000, abs=LATE_MS)
    assert joined.holes == ()


@pytest.mark.parametrize("container", ["webm", "mp4", "ogg"])
async def test_missing_slice_leaves_a_hole(table: Table, container: str) -> None:
    """What follows a slice that never came stays where it was, and the time without sound is told."""
    slices = [*enumerate(cut(record(container), 14))]
    joined = await table.join([*slices[:5], *slices[7:]], cut_ms=7000)
    [hole] = joined.holes
    assert 1500 < hole.start_ms < 2700
    assert 3300 < hole.end_ms < 4800
    assert await table.decoded_ms(joined.whole.name) == pytest.approx(SAMPLE_MS, abs=LATE_MS)


async def test_missing_headers_are_told_and_not_guessed(table: Table) -> None:
    """Without its first slice nothing of a run can be read; the run after it is."""
    slices = [*enumerate([*cut(record(), 3), *cut(record("ogg"), 3)])]
    joined = await table.join(slices[1:])
    assert table.assembly.unread == [1, 2]
    assert joined.duration_ms == pytest.approx(SAMPLE_MS, abs=LATE_MS)


async def test_run_of_rubbish_is_left_out(table: Table) -> None:
    """A run that can't be read is told by its numbers; the others are kept."""
    good = cut(record(), 2)
    joined = await table.join(enumerate([*good, good[0][:4] + bytes(500), b"more", *good]))
    assert joined.unread == (2, 3)
    assert joined.duration_ms == pytest.approx(2 * SAMPLE_MS, abs=2 * LATE_MS)


async def test_damage_in_the_middle(table: Table) -> None:
    """Of a damaged slice the rest is kept in its time."""
    slices = cut(record(), 10)
    slices[4] = bytes(len(slices[4]))
    joined = await table.join(enumerate(slices))
    assert isinstance(joined.holes[0], Hole)
    assert joined.duration_ms == pytest.approx(SAMPLE_MS, abs=LATE_MS)


async def test_wav_slices_of_their_own(table: Table) -> None:
    """Slices that are whole WAV files each, with chunks behind their samples, are joined sample by sample."""
    samples = record("wav")[-48_000 * 2 * 6 :]
    slices = []
    for number in range(6):
        data = samples[number * 96_000 : (number + 1) * 96_000]
        form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 48_000, 96_000, 2, 16)
        body = b"WAVE" + form + struct.pack("<4sI", b"data", len(data)) + data + b"LIST\x04\x00\x00\x00INFO"
        slices.append(struct.pack("<4sI", b"RIFF", len(body)) + body)
    joined = await table.join(enumerate(slices), cut_ms=6000)
    assert len(table.assembly.pieces) == 1
    assert joined.duration_ms == 6000
    assert await table.decoded_ms(joined.cut.name) == 6000


@pytest.mark.parametrize("is_headed", [False, True])
async def test_nothing_that_can_be_read(table: Table, is_headed: bool) -> None:  # noqa: FBT001 - a case
    """Rubbish, and headers alone, are refused for good."""
    with pytest.raises(FfmpegFailure) as failure:
        await table.join([(0, record()[:150] if is_headed else record()[:4] + bytes(900))])
    assert failure.value.final
