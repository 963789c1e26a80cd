"""Which languages a model is said to know without being loaded."""

import json
from pathlib import Path

import pytest

from server.transcription.engines.abilities import languages_of
from server.transcription.engines.language import ENGLISH, WHISPER, WHISPER_V3
from server.transcription.engines.speech_model import choose_model
from tests.transcription.engines.fake_hub import LITTLE, put_into_cache


def vocabulary(size: int) -> bytes:
    """Make a list of so many words, one a line."""
    return b"".join(b"%d\n" % number for number in range(size))


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("tiny", WHISPER),
        ("large-v3", WHISPER_V3),
        ("Systran/faster-whisper-medium", WHISPER),
        ("distil-large-v3", ENGLISH),
        ("example/hebrew", None),
        ("example/whisper.en", ENGLISH),
        ("/nowhere/at/all", None),
        (None, ENGLISH),
    ],
)
def test_names_tell(tmp_path: Path, name: str | None, languages: frozenset[str] | None) -> None:
    """What is published is known by its name; of others it can't be told, unless the name says English."""
    assert languages_of(choose_model(name), tmp_path) == languages


@pytest.mark.parametrize(("size", "languages"), [(51_864, ENGLISH), (51_865, WHISPER), (51_866, WHISPER_V3)])
def test_vocabulary_tells(tmp_path: Path, size: int, languages: frozenset[str]) -> None:
    """The files of a model, in a folder or in the hub's cache and in either form, tell by their number of words."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "vocabulary.txt").write_bytes(vocabulary(size))
    assert languages_of(choose_model(str(folder)), tmp_path) == languages
    words = vocabulary(size).decode().split()
    as_json = LITTLE | {"vocabulary.json": json.dumps(words).encode()}
    put_into_cache(tmp_path, "example/whisper", as_json)
    assert languages_of(choose_model("example/whisper"), tmp_path) == languages


def test_damaged_vocabulary_tells_nothing(tmp_path: Path) -> None:
    """A list that can't be read leaves the question to the one who loads the model."""
    (tmp_path / "vocabulary.json").write_text("[")
    assert languages_of(choose_model(str(tmp_path)), tmp_path) is None
