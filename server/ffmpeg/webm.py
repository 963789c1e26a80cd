"""When the sound of a WebM file plays that ffmpeg has written.

Its own listing (`packets`) says the same of every container, and takes longer than the copying itself.
Source: RFC 8794 (EBML) and RFC 9559 (Matroska); ffmpeg counts in milliseconds, and tells every size.
"""

import asyncio
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from server.ffmpeg.packets import HOLE_MS, Hole, Track

_SEGMENT, _INFO, _CLUSTER, _BLOCK_GROUP = 0x18538067, 0x1549A966, 0x1F43B675, 0xA0
_DURATION, _TIMESTAMP, _SIMPLE_BLOCK, _BLOCK = 0x4489, 0xE7, 0xA3, 0xA1
_LONGEST_HEAD = 12  # four bytes of name, eight of size


async def read(path: Path) -> Track | None:
    """Read where the one track of a file lies; None when there is no block in it."""
    return await asyncio.to_thread(_read, path)


def _read(path: Path) -> Track | None:
    length_ms = lasts_ms = 0
    times: tuple[int, int] | None = None  # of the first block, and of the one before
    holes: list[Hole] = []
    with path.open("rb") as file:
        for name, content in _parts(file):
            if name == _INFO:
                length_ms = _length_ms(content)
                continue
            for begins_ms in _blocks(content):
                start_ms, before_ms = times or (begins_ms, begins_ms)
                if begins_ms - before_ms - lasts_ms > HOLE_MS:
                    holes.append(Hole(before_ms + lasts_ms - start_ms, begins_ms - start_ms))
                else:
                    lasts_ms = begins_ms - before_ms
                times = (start_ms, begins_ms)
    return Track((), times[0], length_ms, tuple(holes)) if times else None


def _parts(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the segment's information and its clusters, one at a time: ffmpeg ends them after five seconds or 5 MB."""
    while head := file.read(_LONGEST_HEAD):
        name, at, size = _element(head, 0)
        file.seek(at - len(head), os.SEEK_CUR)
        if name in {_INFO, _CLUSTER}:
            yield name, file.read(size)
        elif name != _SEGMENT:
            file.seek(size, os.SEEK_CUR)


def _length_ms(information: bytes) -> int:
    length_ms: float
    lengths = (information[at : at + size] for name, at, size in _elements(information) if name == _DURATION)
    (length_ms,) = struct.unpack(">d", next(lengths, bytes(8)))
    return round(length_ms)


def _blocks(cluster: bytes) -> Iterator[int]:
    """Yield when each block of a cluster begins."""
    cluster_ms = 0
    for name, at, size in _elements(cluster):
        if name in {_SIMPLE_BLOCK, _BLOCK}:  # the track, the time after the cluster's, flags, the packet
            yield cluster_ms + int.from_bytes(cluster[at + 1 : at + 3], signed=True)
        elif name == _TIMESTAMP:
            cluster_ms = int.from_bytes(cluster[at : at + size])


def _elements(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the name of each element, where its content begins, and its size; a group of blocks is entered."""
    at = 0
    while at < len(content):
        name, at, size = _element(content, at)
        yield name, at, size
        if name != _BLOCK_GROUP:
            at += size


def _element(content: bytes, at: int) -> tuple[int, int, int]:
    """Read the name of an element, where its content begins, and its size (RFC 8794, sections 5 and 6)."""
    width = 9 - content[at].bit_length()
    name, at = int.from_bytes(content[at : at + width]), at + width
    width = 9 - content[at].bit_length()
    return name, at + width, int.from_bytes(content[at : at + width]) & ((1 << 7 * width) - 1)
