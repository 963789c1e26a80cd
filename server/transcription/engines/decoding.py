"""A recording as a stream of raw samples, decoded by ffmpeg while it is read."""

import io
import os
import re
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from server.transcription.engines.windows import RATE

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BUFFER = 64 * 1024
_TAIL = 1024


class DecodingFailed(Exception):  # noqa: N818 - read as a sentence: decoding failed
    """What ffmpeg had to say about the file; `status` is its exit status, or the negative number of a signal."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


class Flowing(io.RawIOBase):
    """A pipe that must not run dry for longer than `patience` seconds."""

    def __init__(self, pipe: BinaryIO, patience: float) -> None:
        self._descriptor, self._patience = pipe.fileno(), patience

    def readable(self) -> bool:
        """Say that it can be read from."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read what is there, or wait for it.

        Raises:
            TimeoutError: nothing came.
        """
        ready, _, _ = select.select([self._descriptor], [], [], self._patience)
        if not ready:
            raise TimeoutError(f"no sound came for {self._patience:g} seconds")
        return os.readv(self._descriptor, [buffer])


@contextmanager
def decoded(ffmpeg: str, audio: str, patience: float) -> Iterator[BinaryIO]:
    """Decode a file for as long as the block lasts.

    Args:
        ffmpeg: the program.
        audio: the file, FLAC or WAV.
        patience: the seconds for which nothing may come of it; then it hangs, and is killed.

    Yields:
        A stream of 16 kHz mono 16-bit little-endian samples.

    Raises:
        DecodingFailed: at the end of the block, when not all of the file could be decoded, or when nothing came.
    """
    with TemporaryFile() as complaints, _decoder(ffmpeg, audio, complaints) as process:
        try:
            yield io.BufferedReader(Flowing(cast("BinaryIO", process.stdout), patience), BUFFER)
            status = process.wait(patience)
        except (TimeoutError, subprocess.TimeoutExpired) as error:
            process.kill()
            raise DecodingFailed(str(error), process.wait()) from error
        except BaseException:
            process.kill()
            raise
        if status:
            raise DecodingFailed(_last_words(complaints, audio), status)


def _decoder(ffmpeg: str, audio: str, complaints: BinaryIO) -> subprocess.Popen[bytes]:
    # The file is one of ours, and yet: no other container, no other protocol, no going on after an error, which
    # would lose words silently.
    source = ["-protocol_whitelist", "file,pipe", "-format_whitelist", "flac,wav", "-i", f"file:{audio}"]
    strict = ["-xerror", "-err_detect", "+crccheck+explode"]
    output = ["-map", "0:a:0", "-ac", "1", "-ar", str(RATE), "-f", "s16le", "pipe:1"]
    return subprocess.Popen(  # noqa: S603 - the operator's own ffmpeg, no shell
        [ffmpeg, "-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1", *strict, *source, *output],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=complaints,
        bufsize=0,
    )


def _last_words(complaints: BinaryIO, audio: str) -> str:
    length = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, length - _TAIL))
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    if not lines:
        return "ffmpeg gave no reason"
    # "[flac @ 0x55d0…] " says nothing to whoever sent the file; where we keep it is not theirs to know.
    return re.sub(r"^\[[^]]*\] ", "", lines[-1]).replace(audio, "the file").rstrip(".")
