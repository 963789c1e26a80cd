"""What the header of a WAV file tells: where its samples are, and how many there were meant to be."""

import asyncio
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FORMAT = struct.Struct("<H2xIIH")  # the codec, samples and bytes per second, bytes of one sample of all channels
_UNCOMPRESSED = frozenset({1, 3, 0xFFFE})  # whose bytes per second can be told without believing the writer's sum
_SIZES = struct.Struct("<8xQ")  # up to the size of the data
_HEAD = 8  # a name and a size, four bytes each
_CONTENT = 16
_MOST_CHUNKS = 64
# Who writes into a pipe can't go back to fill in the size: it stays 0, or the largest that 31 or 32 bits hold.
_LARGEST_SIZE = 0x7FFF0000
_LONG = 0xFFFFFFFF  # the size is elsewhere


@dataclass(frozen=True, slots=True)
class Samples:
    """Where the samples of a file lie, `at` and `size` in bytes; `form` is what they are, as the header has it."""

    form: bytes
    at: int
    size: int


def find_samples(path: Path) -> Samples | None:
    """Find the samples; up to the end of the file where the header doesn't say, or says more than there is.

    Returns:
        None where the header has no place for any.
    """
    form, left = b"", path.stat().st_size
    for at, name, size, content in _chunks(path):
        if name == b"fmt ":
            form = content
        elif name == b"data":
            begins = at + _HEAD
            return Samples(form, begins, min(size or left, left - begins))
    return None


def without_end(path: Path, samples: Samples) -> None:
    """Have the header say that the samples go on to the end of the file."""
    with path.open("r+b") as file:
        file.seek(samples.at - 4)
        file.write(bytes(4))


async def announced_ms(path: Path) -> int | None:
    """Tell how many milliseconds of samples the header announces.

    The formats: Multimedia Programming Interface and Data Specifications 1.0 (WAVE), EBU Tech 3306 (RF64).

    Returns:
        None where it announces nothing that could be believed.
    """
    return await asyncio.to_thread(_announced_ms, path)


def _announced_ms(path: Path) -> int | None:
    byte_rate = long_size = 0
    for _, name, size, content in _chunks(path):
        if name == b"fmt " and len(content) >= _FORMAT.size:
            byte_rate = _byte_rate(content)
        elif name == b"ds64" and len(content) >= _SIZES.size:
            (long_size,) = _SIZES.unpack_from(content)
        elif name == b"data":
            announced = long_size if size == _LONG else size if size < _LARGEST_SIZE else 0
            return announced * 1000 // byte_rate if announced and byte_rate else None
    return None


def _byte_rate(content: bytes) -> int:
    fields: tuple[int, int, int, int] = _FORMAT.unpack_from(content)
    codec, rate, told, block = fields
    return rate * block if codec in _UNCOMPRESSED else told


def _chunks(path: Path) -> Iterator[tuple[int, bytes, int, bytes]]:
    """Yield the place, the name, the size and the beginning of each of the first chunks."""
    with path.open("rb") as file:
        at = 12
        for _ in range(_MOST_CHUNKS):
            file.seek(at)
            head = file.read(_HEAD + _CONTENT)
            if len(head) < _HEAD:
                return
            size = int.from_bytes(head[4:8], "little")
            yield at, head[:4], size, head[_HEAD : _HEAD + min(size, _CONTENT)]
            at += _HEAD + size + size % 2
