"""What the files of a result are called."""

import pytest

from server.media.file_names import LONGEST_NAME, MOST_BYTES, MOST_CHARACTERS, ending_of, file_name, safe_name
from server.uploads.accepted import TYPES


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Morning.wav", "Morning.txt"),
        ("Meeting at 10.30", "Meeting at 10.30.txt"),
        ("../../etc/passwd", "etc passwd.txt"),
        ('a\\b:"c"\r\nX-Y: z\0', "a b c X-Y z.txt"),
        ("photo\u202egpj.exe", "photo gpj.exe.txt"),
        ("...", "lectern.txt"),
        ("a" * 300, "a" * MOST_CHARACTERS + ".txt"),
        ("\N{GRINNING FACE}" * 100, "\N{GRINNING FACE}" * (MOST_BYTES // 4) + ".txt"),
        ("aux.mp3", "_aux.txt"),
        ("con .draft", "_con .draft.txt"),
    ],
)
def test_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    """Nothing in a title leads to another folder, another header or another kind of file."""
    assert file_name(title, "txt") == name


def test_every_type_that_is_taken_has_an_ending() -> None:
    """What is saved again can be opened by its name."""
    assert [kind for kind in TYPES if not ending_of(kind)] == []
    assert file_name("a", ending_of("text/x-unknown")) == "a"


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("talk.wav", "talk.wav"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\boot.ini", "C__boot.ini"),
        ("..", "source"),
        (" . ", "source"),
        ("", "source"),
        ("a\0b\x1b[31m?.wav", "a_b_[31m_.wav"),
        ("con.wav", "_con.wav"),
        ("Lpt1", "_Lpt1"),
        ("console.wav", "console.wav"),
        ("x" * 300 + ".wav", "x" * 40 + "…" + "x" * 15 + ".wav"),
        ("\N{CJK UNIFIED IDEOGRAPH-4E00}" * 85, "\N{CJK UNIFIED IDEOGRAPH-4E00}" * 85),
    ],
)
def test_names_are_those_of_files_right_here(given: str, safe: str) -> None:
    """No name leads out of its folder, ends a line, or is too long for a file system."""
    assert safe_name(given) == safe
    assert len(safe.encode()) <= LONGEST_NAME
