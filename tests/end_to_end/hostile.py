"""Files that are broken, and files that want to have others opened."""

import asyncio
import random
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from server.ffmpeg.binary import find_ffmpeg
from tests.conftest import SAMPLE
from tests.end_to_end.material import encode
from tests.ffmpeg.quicktime import borrowing
from tests.images.gallery import bombs, turned

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:7,\n{}\n#EXT-X-ENDLIST\n"
CONCAT = "ffconcat version 1.0\nfile '{}'\n"
EMPTY_TAG = b"ID3\x04\x00\x00\x00\x00\x00\x00"
SILENT_MINUTES = 6  # more than one window of the engine


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it is sent, and how it should end: `code` is None where it completes."""

    content: bytes
    status: str
    code: str | None
    content_type: str = "audio/wav"
    sha256: str | None = None
    says: str = ""
    """A word that must be in its text; without, the text is empty."""


@dataclass(frozen=True, slots=True)
class Canary:
    """Speech that nobody sent: a file of this machine, and an address that counts who asks for it."""

    file: Path
    port: int
    asked: list[str] = field(default_factory=list)

    def addresses(self) -> Iterator[str]:
        """Name it in every way that a playlist may."""
        yield str(self.file)
        yield self.file.name
        yield f"file:{self.file}"
        yield f"http://127.0.0.1:{self.port}/canary.wav"
        yield f"data:application/x-mpegurl,{HLS.format(self.file)}".replace("\n", "%0A")
        yield str(self.file.with_name("inner.m3u8"))


@asynccontextmanager
async def canary(folder: Path) -> AsyncIterator[Canary]:
    """Put a canary into a folder, and serve it over HTTP."""
    file = folder / "canary.wav"
    file.write_bytes(SAMPLE.read_bytes())
    file.with_name("inner.m3u8").write_text(HLS.format(file))
    asked: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).decode())
        writer.write(b"HTTP/1.0 200 OK\r\n\r\n" + file.read_bytes())
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield Canary(file, server.sockets[0].getsockname()[1], asked)


def broken(folder: Path) -> dict[str, Sent]:
    """Make a file for each way of being none, or not quite."""
    files = encode(folder, {"film.mp4": "-map 0:a -c:a aac", "a.aiff": "-map 0:a"})
    speech, film = SAMPLE.read_bytes(), files["film.mp4"]
    assert film.index(b"mdat") < film.index(b"moov")
    return {
        "notes.mp3": Sent(b"These are words, but nobody speaks them.", "rejected", "not_media", "audio/mpeg"),
        "noise.mp3": Sent(random.Random(7).randbytes(50_000), "rejected", "not_media", "audio/mpeg"),  # noqa: S311 - the same every time
        "photo.wav": Sent(PNG, "rejected", "content_mismatch"),
        "photo.jpg": Sent(turned("JPEG", 6), "completed", None, "image/jpeg"),
        "bomb.png": Sent(bombs(30_000)["PNG"], "failed", "too_many_pixels", "image/png"),
        "drawing.png": Sent(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "rejected", "not_media", "image/png"),
        "changed.wav": Sent(speech, "failed", "checksum_mismatch", sha256="0" * 64),
        "header.wav": Sent(speech[:44], "failed", "no_sound"),
        "half.wav": Sent(speech[: len(speech) // 2], "failed", "incomplete"),
        "half.aiff": Sent(files["a.aiff"][:100_000], "failed", "incomplete", "audio/aiff"),
        "no-index.mp4": Sent(film[: len(film) // 2], "failed", "unreadable", "video/mp4"),
        "index-at-the-end.mp4": Sent(film, "completed", None, "video/mp4", says="Dashwood"),
        "streams.mkv": Sent(streams(folder, 1000), "failed", "too_complex", "video/x-matroska"),
        "blink.wav": Sent(wav(bytes(32)), "completed", None),
        "silence.ogg": Sent(silence(folder, SILENT_MINUTES), "completed", None, "audio/ogg"),
    }


def prying(folder: Path, bird: Canary) -> dict[str, Sent]:
    """Make files that name the canary, under names and types that they have no right to."""
    files = {}
    for index, address in enumerate(bird.addresses()):
        for kind, playlist in (("hls", HLS), ("concat", CONCAT)):
            content = playlist.format(address).encode()
            files[f"{kind}-{index}.wav"] = Sent(content, "rejected", "not_media")
    absolute = HLS.format(bird.file).encode()
    owner = folder / "owner.mov"
    encode(folder, {owner.name: "-map 0:a -c:a pcm_s16le"})
    return files | {
        "list.m3u8": Sent(absolute, "rejected", "not_media", "audio/mpeg"),
        "tagged.mp3": Sent(EMPTY_TAG + absolute, "failed", "not_media", "audio/mpeg"),
        "borrower.mov": Sent(borrowing(owner), "failed", "no_sound", "video/quicktime"),
    }


def wav(samples: bytes) -> bytes:
    """Put a header before 16 kHz mono samples of 16 bits."""
    header = bytearray(SAMPLE.read_bytes()[:44])
    header[4:8] = (len(samples) + 36).to_bytes(4, "little")
    header[40:44] = len(samples).to_bytes(4, "little")
    return bytes(header) + samples


def silence(folder: Path, minutes: int) -> bytes:
    """Make a small file of long silence."""
    nothing = ("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", str(minutes * 60))
    return _run(*nothing, "-c:a", "libopus", "-b:a", "500", "-frame_duration", "60", into=folder / "silence.ogg")


def streams(folder: Path, count: int) -> bytes:
    """Make a file of very many, very short streams."""
    return _run(
        "-i", str(SAMPLE), *("-map", "0:a") * count, "-t", "0.01", "-c:a", "pcm_s16le", into=folder / "streams.mkv"
    )


def _run(*arguments: str, into: Path) -> bytes:
    argv = (str(find_ffmpeg(None)), "-loglevel", "error", *arguments, str(into))
    subprocess.run(argv, check=True, timeout=60, stdin=subprocess.DEVNULL)
    return into.read_bytes()
