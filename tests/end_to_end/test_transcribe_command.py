"""`lectern transcribe` and `lectern demo` against a whole stack."""

import re
import shutil
from pathlib import Path

import jiwer
import pytest

from server.client.finding import Server
from server.local.stack import Running
from tests.commands import lectern
from tests.conftest import SAMPLE, SAMPLE_WORDS

WORD_ERROR_RATE = 0.1


def heard(text: str) -> str:
    """Return the words of a text as the sample's are written."""
    words = re.sub(r"[^a-z ]+", " ", text.lower().replace("mr.", "mister"))
    return " ".join(words.split())


@pytest.fixture
def folder(running_stack: Running, tmp_path: Path) -> Path:
    """A folder below that of the running stack, with the sample under two names, and one that is no sound."""
    below = running_stack.local_json.parents[1] / tmp_path.name
    below.mkdir()
    shutil.copy(SAMPLE, below / "sample.wav")
    shutil.copy(SAMPLE, below / "sample")
    (below / "notes.wav").write_text("These are notes, whatever their name says.")
    return below


async def test_text_of_a_file(folder: Path) -> None:
    """A file becomes its words, against the stack that runs above, with nothing said about it."""
    done = await lectern(folder, "transcribe", "sample.wav")
    assert done.status == 0, done.errors
    assert jiwer.wer(SAMPLE_WORDS, heard(done.output)) <= WORD_ERROR_RATE
    assert done.errors.splitlines()[-1] == "sample.wav: done"


async def test_several_files_into_a_folder(folder: Path) -> None:
    """Files are done side by side, each into its own output; one that is no sound is named, and the status is 1."""
    done = await lectern(
        folder, "transcribe", "sample.wav", "sample", "notes.wav", "--output", "texts", "--format", "vtt"
    )
    assert done.status == 1, done.errors
    assert "not_media" in done.errors
    written = {file.name: file.read_text() for file in (folder / "texts").iterdir()}
    assert written.keys() == {"sample.vtt", "sample-2.vtt"}
    for text in written.values():
        assert text.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:")


async def test_demonstration_on_a_running_stack(folder: Path, running_stack: Running) -> None:
    """The demonstration shows the words with their times, and leaves a stack alone that it didn't start."""
    done = await lectern(folder, "demo", "sample.wav")
    assert done.status == 0, done.errors
    lines = [re.fullmatch(r"\d\d:\d\d\.\d\d → \d\d:\d\d\.\d\d  (.+)", line) for line in done.output.splitlines()]
    assert jiwer.wer(SAMPLE_WORDS, heard(" ".join(line[1] for line in lines if line))) <= WORD_ERROR_RATE
    assert f"goes on running at {running_stack.base_url}" in done.errors
    assert await Server.described(running_stack.local_json).answers()
