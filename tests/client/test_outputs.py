"""Tests of naming output files."""

from pathlib import Path

import pytest

from server.client.outputs import name_outputs


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["talk.wav"], ["talk.vtt"]),
        (["a/talk.wav", "b/talk.mp3", "c/Talk.wav"], ["talk.vtt", "talk-2.vtt", "Talk-3.vtt"]),
        (["talk.wav", "b/talk.wav", "talk-2.wav"], ["talk.vtt", "talk-2.vtt", "talk-2-2.vtt"]),
        (["part.1.wav", ".hidden"], ["part.1.vtt", ".hidden.vtt"]),
    ],
)
def test_no_input_overwrites_another(files: list[str], names: list[str]) -> None:
    """Inputs with the same stem get numbered outputs, on file systems that don't tell a from A too."""
    assert list(name_outputs([Path(file) for file in files], "vtt").values()) == names
