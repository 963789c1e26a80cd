"""Children that are kept running, and stopped."""

import os
import signal
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from server.local.child import Child
from server.local.errors import StackError
from server.local.supervisor import Supervisor, supervisor
from tests.local.tracks import lives, until, until_gone

STOP_SECONDS = 0.5


@pytest.fixture
def said() -> list[str]:
    """What the supervisor tells."""
    return []


@pytest.fixture
async def supervising(tmp_path: Path, said: list[str]) -> AsyncIterator[Supervisor]:
    """A supervisor that stops its children after the test."""
    async with supervisor(tmp_path / "logs", said.append) as running:
        yield running


def shell(name: str, script: str) -> Child:
    """Make a child that runs a shell script."""
    return Child(
        name=name, command=("/bin/sh", "-c", script), environment={"PATH": os.defpath}, stop_seconds=STOP_SECONDS
    )


async def test_child_that_dies_is_started_again(supervising: Supervisor, said: list[str]) -> None:
    """A child that is killed runs again as another process, and a line says what happened."""
    await supervising.start(shell("sleeper", "exec sleep 100"))
    first = supervising.pids["sleeper"]
    os.kill(first, signal.SIGKILL)
    await until(lambda: supervising.pids["sleeper"] != first)
    assert lives(supervising.pids["sleeper"])
    assert len(said) == 1
    assert said[0].startswith("sleeper ended (SIGKILL) and is started again")


async def test_what_a_dead_child_leaves_is_ended(supervising: Supervisor, tmp_path: Path) -> None:
    """Processes that a child has started don't outlive it."""
    note = tmp_path / "pid"
    await supervising.start(shell("mother", f"[ -s {note} ] || (sleep 100 & echo $! > {note}); exec sleep 100"))
    await until(lambda: note.exists() and note.read_text().endswith("\n"))
    os.kill(supervising.pids["mother"], signal.SIGKILL)
    await until_gone([int(note.read_text())])


def says(log: Path, word: str) -> bool:
    """Tell whether a child has said a word."""
    return word in log.read_text()


async def test_stopping_goes_backwards(tmp_path: Path) -> None:
    """Children are stopped in reverse order, each gone before the next is asked."""
    notes = tmp_path / "notes"
    last_words = "trap 'sleep 0.1; echo $0 >> {notes}; exit' TERM; echo ready; while :; do sleep 0.01; done"
    async with supervisor(tmp_path / "logs", print) as supervising:
        for name in ("one", "two", "three"):
            script = last_words.format(notes=notes).replace("$0", name)
            await supervising.start(shell(name, script))
            await until(partial(says, supervising.log_of(name), "ready"))
    assert notes.read_text().split() == ["three", "two", "one"]


async def test_stubborn_child_is_killed(tmp_path: Path) -> None:
    """A child that ignores the request to end is killed when its time is over, with all that it started."""
    async with supervisor(tmp_path / "logs", print) as supervising:
        await supervising.start(shell("stubborn", "trap '' TERM; sleep 100 & echo $!; wait"))
        await until(lambda: supervising.log_of("stubborn").read_text().endswith("\n"))
        pids = [supervising.pids["stubborn"], int(supervising.log_of("stubborn").read_text())]
    await until_gone(pids)


async def test_restart_is_gentle_and_silent(supervising: Supervisor, said: list[str]) -> None:
    """A restart that was asked for lets the child end by itself, and nobody is alarmed."""
    await supervising.start(shell("writer", "trap 'echo done; exit' TERM; echo ready; while :; do sleep 0.01; done"))
    await until(lambda: "ready" in supervising.log_of("writer").read_text())
    await supervising.restart("writer")
    await until(lambda: supervising.log_of("writer").read_text().split() == ["ready", "done", "ready"])
    assert said == []


async def test_child_that_keeps_dying_is_given_up(supervising: Supervisor) -> None:
    """Waiting for a child that can't be started ends with its last words."""
    await supervising.start(shell("hopeless", "echo no such file; exit 3"))

    async def never() -> bool:
        return False

    with pytest.raises(StackError, match=r"hopeless can't be started.*no such file"):
        await supervising.ready("hopeless", never)


async def test_child_that_never_answers_is_not_waited_for_for_ever(supervising: Supervisor) -> None:
    """Waiting has an end."""
    await supervising.start(shell("mute", "exec sleep 100"))

    async def never() -> bool:
        return False

    with pytest.raises(StackError, match="mute did not answer within 0 s"):
        await supervising.ready("mute", never, seconds=0.1)


async def test_program_run_to_its_end(supervising: Supervisor) -> None:
    """A program gets its input and its output is returned."""
    assert await supervising.run(shell("capitals", "tr a-c A-C"), "abc\n") == "ABC\n"


async def test_program_that_fails(supervising: Supervisor) -> None:
    """A program that fails is an error that names its log."""
    with pytest.raises(StackError, match=r"broken failed \(status 7\): sorry \(see .*broken\.log\)"):
        await supervising.run(shell("broken", "echo sorry >&2; exit 7"))
    assert supervising.log_of("broken").read_text() == "sorry\n"


async def test_each_start_begins_the_log_anew(tmp_path: Path) -> None:
    """Logs hold one run, and the one before lies beside them."""
    for word in ("first", "second", "third"):
        async with supervisor(tmp_path, print) as supervising:
            await supervising.run(shell("speaker", f"echo {word} >&2"))
    assert (tmp_path / "speaker.log").read_text() == "third\n"
    assert (tmp_path / "speaker.log.1").read_text() == "second\n"
