"""Tests of the command line."""

import asyncio
import json
import os
import re
import runpy
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import stamina
from typer.testing import CliRunner, Result

from server import admin_client
from tests.client.fake import Fake, fake_server, hangs_up, problem, says
from tests.client.story import TEXTS, rejects, takes_files
from tests.client.wire import RESULT_ID
from tests.transcription.engines.fake_hub import LITTLE, REPOSITORY, fake_hub

SCRIPT = Path(admin_client.__file__)


@pytest.fixture
async def fake(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Fake]:
    """A service that takes every file, named in the environment."""
    async with fake_server() as fake:
        takes_files(fake)
        monkeypatch.setenv("LECTERN_SERVER", fake.url)
        monkeypatch.setenv("LECTERN_TOKEN", "a-token")
        yield fake


@pytest.fixture
def talks(tmp_path: Path) -> list[str]:
    """Three files, two of which have the same stem."""
    files = [tmp_path / name for name in ("talk.wav", "talk.mp3", "song.flac")]
    for file in files:
        file.write_bytes(b"0123456789")
    return [str(file) for file in files]


async def run(*arguments: str) -> Result:
    """Run a command in this process."""
    return await asyncio.to_thread(lambda: CliRunner().invoke(admin_client.app, arguments))


@pytest.mark.parametrize("extension", ["txt", "vtt", "srt", "tsv", "json"])
async def test_text_on_standard_output(fake: Fake, talks: list[str], extension: str) -> None:
    """The text of one file is all there is on standard output; how it fared is on standard error."""
    done = await run("transcribe", talks[0], "--format", extension, "--language", "en")
    assert (done.exit_code, done.stdout_bytes) == (0, TEXTS[extension])
    assert done.stderr.splitlines() == [f"talk.wav: {stage}" for stage in ("sending", "sent", "done")]
    wish = json.loads(fake.bodies("POST /uploads")[0])
    assert wish["language"] == "en"
    assert (wish["filename"], wish["content_type"], wish["size"]) == ("talk.wav", "audio/wav", 10)


@pytest.mark.usefixtures("fake")
async def test_texts_of_several_files(talks: list[str]) -> None:
    """Texts of several files come in the order of the files, each under its name; a file named twice is done once."""
    done = await run("transcribe", *talks, talks[0])
    assert done.stdout == "".join(f"==> {name} <==\nHello.\n" for name in ("talk.wav", "talk.mp3", "song.flac"))


@pytest.mark.usefixtures("fake")
async def test_texts_into_a_folder(tmp_path: Path, talks: list[str]) -> None:
    """Each text gets a file of its own, also where two inputs have the same stem."""
    folder = tmp_path / "texts/new"
    done = await run("transcribe", *talks, "--format", "vtt", "--output", str(folder))
    assert (done.exit_code, done.stdout) == (0, "")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == dict.fromkeys(
        ["talk.vtt", "talk-2.vtt", "song.vtt"], TEXTS["vtt"]
    )


@pytest.mark.usefixtures("fake")
async def test_documents_go_into_a_folder(tmp_path: Path, talks: list[str]) -> None:
    """What isn't text arrives to the byte; on standard output it is wrong use, before anything is sent."""
    done = await run("transcribe", talks[0], "--format", "docx", "--output", str(tmp_path))
    assert (done.exit_code, (tmp_path / "talk.docx").read_bytes()) == (0, TEXTS["docx"])
    refused = await run("transcribe", talks[0], "--format", "docx")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--output" in refused.stderr


async def test_some_fail(fake: Fake, talks: list[str]) -> None:
    """A file that is rejected is named with code and sentence; the others are done, and the status says 1."""
    rejects(fake, times=1)
    done = await run("transcribe", *talks)
    assert done.exit_code == 1
    assert done.stderr.count("The file is neither sound, video nor a picture. (not_media)") == 1
    assert done.stdout.count("Hello.") == 2


async def test_text_that_never_comes(fake: Fake, talks: list[str]) -> None:
    """A result without text, such as a picture's, is a failure."""
    refusal = problem(409, "transcript_not_ready", "This result has no transcript.")
    fake.on(f"GET /results/{RESULT_ID}/transcript.txt", refusal)
    done = await run("transcribe", talks[0])
    assert done.exit_code == 1
    assert "This result has no transcript. (409 transcript_not_ready)" in done.stderr


@pytest.mark.usefixtures("fake")
async def test_output_that_cant_be_written(tmp_path: Path, talks: list[str]) -> None:
    """A text that finds no place on the disk is a failure; a folder that can't be made is wrong use."""
    (tmp_path / "texts/talk.txt").mkdir(parents=True)
    assert (await run("transcribe", talks[0], "--output", str(tmp_path / "texts"))).exit_code == 1
    done = await run("transcribe", talks[0], "--output", f"{talks[1]}/below")
    assert done.exit_code == 2
    assert "talk.mp3/below" in done.stderr


async def test_wrong_use(tmp_path: Path, talks: list[str]) -> None:
    """Files that are missing, empty or folders, and options that make no sense, are refused before anything is sent."""
    (tmp_path / "empty.wav").touch()
    for arguments in (
        [],
        [str(tmp_path / "missing.wav")],
        [str(tmp_path)],
        [str(tmp_path / "empty.wav")],
        [talks[0], "--format", "doc"],
        [talks[0], "--language", "Old English"],
    ):
        assert (await run("transcribe", *arguments)).exit_code == 2


async def test_no_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, talks: list[str]) -> None:
    """Without a server to talk to, the status says 3 and the sentence says how to start one."""
    monkeypatch.chdir(tmp_path)
    done = await run("transcribe", talks[0])
    assert done.exit_code == 3
    assert "make run" in done.stderr


async def test_lost_server(fake: Fake, talks: list[str]) -> None:
    """A server that stops answering ends the whole batch; what came before is given out."""
    fake.on(f"GET /results/{RESULT_ID}/transcript.txt", says(200, TEXTS["txt"]), hangs_up)
    with stamina.set_testing(True, attempts=2):
        done = await run("transcribe", *talks)
    assert done.exit_code == 3
    assert f"{fake.url} can't be reached" in done.stderr
    assert "make run" in done.stderr
    assert done.stdout.count("Hello.") == 1


async def test_not_signed_in(fake: Fake, talks: list[str]) -> None:
    """A token that doesn't hold ends the whole batch, in the service's words."""
    fake.on("POST /uploads", problem(401, "unauthenticated", "The token has expired. Sign in again."))
    done = await run("transcribe", *talks)
    assert done.exit_code == 3
    assert "The token has expired. Sign in again. (401 unauthenticated)" in done.stderr


async def test_interrupt(fake: Fake, talks: list[str]) -> None:
    """Ctrl-C ends a running command at once, with the status that shells expect."""
    waiting = asyncio.Event()

    async def wait(*_: object) -> None:
        waiting.set()
        await asyncio.Event().wait()

    fake.on(f"GET /results/{RESULT_ID}", wait)
    command = (sys.executable, str(SCRIPT), "transcribe", talks[0])
    process = await asyncio.create_subprocess_exec(*command, stdout=DEVNULL, stderr=PIPE, env=dict(os.environ))
    async with asyncio.timeout(20):
        await waiting.wait()
        process.send_signal(signal.SIGINT)
        _, errors = await process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in errors


async def test_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A model that the settings name is shown as missing, fetched, and then shown with its size; so is the default."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("WHISPER_OTHER_MODELS", f"small,{REPOSITORY}")
    with fake_hub(LITTLE | {"model.bin": bytes(3_000_000)}) as hub:
        monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        before = await run("models", "list")
        assert (await run("models", "fetch", REPOSITORY)).exit_code == 0
    after = await run("models", "list")
    rows = [re.split(r"\s{2,}", line.strip()) for done in (before, after) for line in done.stdout.splitlines()[1:]]
    small = ["small", "99", "not here", "small"]
    assert [row[:3] for row in (rows[0], rows[3])] == [["tiny.en (default)", "en", "78 MB"]] * 2
    assert rows[1] == rows[4] == small
    assert rows[2] == [REPOSITORY, "known once here", "not here", REPOSITORY]
    assert rows[5] == [REPOSITORY, "en", "3 MB", REPOSITORY]


async def test_model_into_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A model can be fetched into a folder, to be carried to where there is no network."""
    with fake_hub(LITTLE) as hub:
        monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        done = await run("models", "fetch", REPOSITORY, "--folder", str(tmp_path / "mine"))
    assert done.exit_code == 0
    assert {name: (tmp_path / "mine" / name).read_bytes() for name in LITTLE} == LITTLE


async def test_no_hub(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path, unused_tcp_port: int
) -> None:
    """Without a network there is a sentence with what to do, and no trace of the token."""
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)  # the stack of other tests sets it
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{unused_tcp_port}")
    monkeypatch.setenv("HF_TOKEN", "hf_not-for-logs")
    assert (await run("models", "fetch", "small")).exit_code == 1
    said = capfd.readouterr()
    assert re.fullmatch(r"The speech model 'small' can't be fetched \(.*refused\)\. .*--folder.*\n", said.err)
    assert "hf_not-for-logs" not in said.err + said.out


async def test_models_of_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that make no sense are told as such."""
    monkeypatch.setenv("WHISPER_MODEL", "/a/mine")
    monkeypatch.setenv("WHISPER_OTHER_MODELS", "/b/mine")
    done = await run("models", "list")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "/a/mine and /b/mine" in done.stderr


@pytest.mark.parametrize("command", [(str(Path(sys.executable).with_name("lectern")),), (sys.executable, str(SCRIPT))])
async def test_both_ways_to_start_it(tmp_path: Path, command: tuple[str, ...]) -> None:
    """The console script and the file itself start the same command line, from any folder."""
    process = await asyncio.create_subprocess_exec(*command, "--help", stdout=PIPE, cwd=tmp_path)
    output, _ = await process.communicate()
    assert process.returncode == 0
    assert all(name in output.decode() for name in ("up", "transcribe", "demo"))


def test_script_hides_no_installed_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Started as a script, modules are looked for beside our packages, not among them."""
    monkeypatch.setattr(sys, "path", [str(SCRIPT.parent), *sys.path[1:]])
    runpy.run_path(str(SCRIPT), run_name="script")
    assert sys.path[0] == str(SCRIPT.parents[1])
