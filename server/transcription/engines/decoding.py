"""A recording as a stream of raw samples, decoded by ffmpeg while it is read."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from server.transcription.engines.windows import RATE

_TAIL = 1024


class DecodingFailed(Exception):  # noqa: N818 - read as a sentence: decoding failed
    """What ffmpeg had to say about the file."""


@contextmanager
def decoded(ffmpeg: str, audio: str) -> Iterator[BinaryIO]:
    """Decode a file for as long as the block lasts.

    Yields:
        A stream of 16 kHz mono 16-bit little-endian samples.

    Raises:
        DecodingFailed: at the end of the block, when not all of the file could be decoded.
    """
    with TemporaryFile() as complaints, _decoder(ffmpeg, audio, complaints) as process:
        try:
            yield cast("BinaryIO", process.stdout)
        except BaseException:
            process.kill()
            raise
        if process.wait():
            raise DecodingFailed(_last_words(complaints, audio))


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
    )


def _last_words(complaints: BinaryIO, audio: str) -> str:
    length = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, length - _TAIL))
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    if not lines:
        return "ffmpeg gave no reason"
    # "[flac @ 0x55d0…] " says nothing to whoever sent the file; where we keep it is not theirs to know.
    return re.sub(r"^\[[^]]*\] ", "", lines[-1]).replace(audio, "the file").rstrip(".")
