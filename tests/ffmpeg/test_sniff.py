"""Containers told by content."""

import random
from pathlib import Path

import pytest

from server.ffmpeg import sniff
from server.ffmpeg.sniff import HEAD, Container, identify
from tests.ffmpeg.conftest import Make
from tests.ffmpeg.gallery import FILMS, SOUNDS, Piece


@pytest.mark.parametrize("piece", [*SOUNDS, *FILMS], ids=str)
def test_every_accepted_container_is_told(make: Make, piece: Piece) -> None:
    """What ffmpeg writes as a container is sniffed as that container."""
    head = make(piece.name, *piece.arguments).read_bytes()[:HEAD]
    assert sniff.sniff(head) == piece.container


@pytest.mark.parametrize(
    ("name", "arguments", "container"),
    [
        ("p.jpg", "", sniff.JPEG),
        ("p.png", "", sniff.PNG),
        ("p.gif", "", sniff.GIF),
        ("p.tiff", "", sniff.TIFF),
        ("p.webp", "", sniff.WEBP),
        ("p.avif", "-c:v libaom-av1 -cpu-used 8", sniff.AVIF),
    ],
)
def test_every_accepted_picture_is_told(make: Make, name: str, arguments: str, container: Container) -> None:
    """Still pictures are told from films."""
    still = ("-f", "lavfi", "-i", "testsrc=s=64x48", "-map", "1:v", "-frames:v", "1", *arguments.split())
    assert sniff.sniff(make(name, *still).read_bytes()[:HEAD]) == container


@pytest.mark.parametrize(
    ("head", "container"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", sniff.HEIC),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", sniff.AVIF),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heix", sniff.HEIC),
        (b"\0\0\0\x18ftyphevc\0\0\0\0msf1hevc", sniff.HEIC),
        (b"\0\0\0\x1cftypheix\0\0\0\0mif1heixtmap", sniff.HEIC),
        (b"\0\0\0\x1cftypmsf1\0\0\0\0msf1avisMA1B", sniff.AVIF),
        (b"\0\0\0\x1cftypisom\0\0\0\0isomheic", sniff.MP4),
        (b"\0\0\0\x14ftyp3gp4\0\0\0\x003gp4", sniff.THREE_GP),
        (b"#!AMR-WB\n\x04", sniff.AMR),
        (b"\0\0\0\x08wide\0\0\x10\0mdat", sniff.MOV),
        (b"\0\0\0\x08free\0\0\x10\0mdat", sniff.MOV),
        (b"\0\0\x02\x6cmoov\0\0\0\x6cmvhd", sniff.MOV),
        (b"\x40\0\0\0mdat", sniff.MOV),
        (b"MM\0\x2a\0\0\0\x08", sniff.TIFF),
        (b"FORM\0\0\0\x40AIFCFVER", sniff.AIFF),
        (b"BW64\xff\xff\xff\xffWAVEds64", sniff.WAV),
        (b"OggS\0\x02" + bytes(22) + b"\x80theora", sniff.OGV),
    ],
)
def test_rarer_beginnings_are_told(head: bytes, container: Container) -> None:
    """Brands, atoms and variants that ffmpeg doesn't write by itself."""
    assert sniff.sniff(head) == container


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n",
        b"ffconcat version 1.0\nfile /etc/hostname\n",
        b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=audio 5004 RTP/AVP 0\r\n",
        b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"<!doctype html><title>wide mdat</title>",
        b"[playlist]\nFile1=a.mp3\n",
        b"PK\x03\x04\x14\0\0\0\x08\0",
        b"%PDF-1.7\n",
        b"%!PS-Adobe-3.0",
        b"\x7fELF\x02\x01\x01",
        "A text of two bytes a letter".encode("utf-16"),
        b"RIFF\0\0\0\0WAVy",
        b"GGGGGGGG" * 64,
        b"\xff\xfb\x90\x00" + b"a text behind a sync word " * 100,
        b"\xff\xf1\x50\x80" + b"a text behind a sync word " * 100,
    ],
    ids=lambda content: repr(content[:16]),
)
def test_everything_else_is_refused(content: bytes) -> None:
    """Text, playlists, documents and programs are no container, nor is a sync word that stands alone."""
    assert sniff.sniff(content) is None


def test_random_bytes_are_refused() -> None:
    """Chance does not look like a container."""
    chance = random.Random(7)  # noqa: S311 - the same bytes every time
    assert {sniff.sniff(b"\xff" + chance.randbytes(HEAD)) for _ in range(500)} == {None}


@pytest.mark.parametrize(("name", "codec"), [("t.mp3", "libmp3lame"), ("t.aac", "aac"), ("t.flac", "flac")])
async def test_a_long_id3_tag_is_looked_past(make: Make, tmp_path: Path, name: str, codec: str) -> None:
    """Cover art can make the tag longer than the head: the whole file still tells what it is."""
    content = make(name, "-c:a", codec, "-id3v2_version", "0").read_bytes()
    tagged = tmp_path / "input"
    tagged.write_bytes(b"ID3\x04\0\0\0\0\x4e\x20" + bytes(0x4E << 7 | 0x20) + content)
    expected = {"t.mp3": sniff.MP3, "t.aac": sniff.AAC, "t.flac": sniff.FLAC}[name]
    assert sniff.sniff(tagged.read_bytes()[:HEAD]) == sniff.MP3
    assert await identify(tagged) == expected


async def test_an_id3_tag_alone_is_no_container(tmp_path: Path) -> None:
    """A tag with a text behind it is not sound."""
    file = tmp_path / "input"
    file.write_bytes(b"ID3\x04\0\0\0\0\0\x10" + bytes(16) + b"#EXTM3U\n" * 50)
    assert await identify(file) is None


@pytest.mark.parametrize("piece", [*SOUNDS, *FILMS], ids=str)
def test_a_cut_head_never_fails(make: Make, piece: Piece) -> None:
    """However little of a file has come, the answer is its container or none, or the plain form of its family."""
    head = make(piece.name, *piece.arguments).read_bytes()[:HEAD]
    family = {container.demuxer for length in range(128) if (container := sniff.sniff(head[:length]))}
    assert family <= {piece.container.demuxer}
