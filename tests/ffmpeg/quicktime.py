"""QuickTime files whose sound lies in another file."""

import struct
from pathlib import Path


def borrowing(owner: Path) -> bytes:
    """Make a file of another one's index alone: its tracks lie in the other, named by its full path."""
    index = next(content for kind, content in atoms(owner.read_bytes()) if kind == b"moov")
    return atom(b"ftyp", b"qt  \0\0\0\0qt  ") + refer(b"moov", index, owner)


def atoms(data: bytes) -> list[tuple[bytes, bytes]]:
    """Take QuickTime atoms apart."""
    found, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        found.append((data[at + 4 : at + 8], data[at + 8 : at + size]))
        at += size
    return found


def atom(kind: bytes, content: bytes) -> bytes:
    """Put a QuickTime atom together."""
    return struct.pack(">I4s", len(content) + 8, kind) + content


def alias(target: Path) -> bytes:
    """Make a data reference that names another file (an alias record, as libavformat's mov.c reads it)."""
    name = str(target).encode()
    path = struct.pack(">hh", 2, len(name)) + name + bytes(len(name) % 2)
    record = bytes(10) + bytes([0]) + bytes(27) + bytes(12) + bytes([0]) + bytes(63) + bytes(16)
    record += struct.pack(">hh", -1, -1) + bytes(16) + path + struct.pack(">hh", -1, 0)
    return struct.pack(">II", 0, 1) + atom(b"alis", bytes(4) + record)


def refer(kind: bytes, content: bytes, target: Path) -> bytes:
    """Rebuild an atom, with every data reference turned to the target."""
    if kind == b"dref":
        return atom(kind, alias(target))
    if kind in {b"moov", b"trak", b"mdia", b"minf", b"dinf"}:
        return atom(kind, b"".join(refer(*inner, target) for inner in atoms(content)))
    return atom(kind, content)
