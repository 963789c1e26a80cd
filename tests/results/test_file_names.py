"""What the files of a result are called."""

import pytest

from server.results.file_names import MOST_CHARACTERS, ending_of, file_name
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
    ],
)
def test_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    """Nothing in a title leads to another folder, another header or another kind of file."""
    assert file_name(title, "txt") == name


def test_every_type_that_is_taken_has_an_ending() -> None:
    """What is saved again can be opened by its name."""
    assert [kind for kind in TYPES if not ending_of(kind)] == []
    assert file_name("a", ending_of("text/x-unknown")) == "a"
