"""Tests of telling media types."""

from pathlib import Path

import pytest

from server.client.media_types import BY_EXTENSION, media_type
from server.uploads.accepted import TYPES

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt "


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("talk.MP3", WAV, "audio/mpeg"),
        ("talk", WAV, "audio/wav"),
        ("talk.part", WAV, "audio/wav"),
        ("notes.txt", b"Dear all,", "application/octet-stream"),
    ],
)
async def test_name_first_then_bytes(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    """A name that says something is believed; else the first bytes tell."""
    (tmp_path / name).write_bytes(content)
    assert await media_type(tmp_path / name) == expected


def test_what_names_say_is_accepted() -> None:
    """Every type that a name leads to is one that the service takes."""
    assert set(BY_EXTENSION.values()) <= TYPES.keys()
