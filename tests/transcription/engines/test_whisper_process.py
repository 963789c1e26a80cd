"""What the whisper engine does when its child process fails it."""

import asyncio
import os
import signal
import sys
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from server.transcription.engines.errors import EngineFailed, EngineUnavailable
from server.transcription.engines.speech_model import SpeechModel
from server.transcription.engines.whisper import WhisperEngine
from server.transcription.engines.whisper_process import Bounds, Setup
from tests.transcription.engines.listening import listen, words_of


def pid_of(engine: WhisperEngine) -> int:
    """Tell the child's process id."""
    assert engine.pid
    return engine.pid


async def test_crash_costs_one_recording(whisper: WhisperEngine, speech: Path, thrice: Path) -> None:
    """A child killed in the middle fails that recording; the next one gets a new child."""
    async with aclosing(whisper.transcribe(thrice, duration_ms=None, language="en")) as steps:
        await anext(steps)
        os.kill(pid_of(whisper), signal.SIGKILL)
        with pytest.raises(EngineFailed, match="exit code -9"):
            [step async for step in steps]
    assert words_of(await listen(whisper, speech))


async def test_idle_crash_costs_nothing(whisper: WhisperEngine, speech: Path) -> None:
    """A child that died while it had nothing to do is replaced unnoticed."""
    await listen(whisper, speech)
    os.kill(pid_of(whisper), signal.SIGKILL)
    async with asyncio.timeout(10):
        while whisper.pid:
            await asyncio.sleep(0.01)
    assert words_of(await listen(whisper, speech))


async def test_hung_child_is_given_up(setup: Setup, speech: Path) -> None:
    """A child without a sign of life is killed, though it is stopped and can't end by itself."""
    async with WhisperEngine(replace(setup, bounds=replace(setup.bounds, silence_s=0.5))) as engine:
        hung = pid_of(engine)
        os.kill(hung, signal.SIGSTOP)
        with pytest.raises(EngineFailed, match="no sign of life"):
            await listen(engine, speech)
        assert not psutil.pid_exists(hung)


async def test_memory_is_bounded(setup: Setup) -> None:
    """A child that wants more memory than it may have fails; it does not take the machine along."""
    with pytest.raises((EngineFailed, EngineUnavailable)):
        async with WhisperEngine(replace(setup, bounds=Bounds(memory=300 * 1024**2, start_s=60))):
            pass


async def test_slow_start_is_given_up(setup: Setup) -> None:
    """A model that takes too long to load fails, and may be tried again."""
    engine = WhisperEngine(replace(setup, bounds=Bounds(start_s=0.01)))
    with pytest.raises(EngineFailed, match="no sign of life"):
        await engine.__aenter__()
    assert engine.pid is None


async def test_missing_model_tells_what_to_do(setup: Setup, tmp_path: Path) -> None:
    """A folder without a model is a mistake of the operator, who is told the setting."""
    with pytest.raises(EngineUnavailable, match="WHISPER_MODEL"):
        async with WhisperEngine(replace(setup, model=SpeechModel("none", str(tmp_path)))):
            pass


async def test_child_does_not_outlive_its_engine(setup: Setup) -> None:
    """Closing the engine ends the child."""
    async with WhisperEngine(setup) as engine:
        child = pid_of(engine)
        assert psutil.pid_exists(child)
    assert not psutil.pid_exists(child)
    assert engine.pid is None


async def test_orphan_ends_at_once(setup: Setup, thrice: Path) -> None:
    """When everyone who held the other end of its stdin is dead, a child ends in the middle of its work."""
    assert setup.folder
    child = await asyncio.create_subprocess_exec(
        *setup.command(setup.folder),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=setup.variables(),
    )
    assert child.stdin
    assert child.stdout
    await child.stdout.readline()
    child.stdin.write(b'{"audio": "%s", "language": "en"}\n' % str(thrice).encode())
    assert b'"step"' in await child.stdout.readline()
    child.stdin.close()
    async with asyncio.timeout(5):
        said, _ = await child.communicate()
    assert b'"done"' not in said
    assert child.returncode == 1


async def test_child_of_a_killed_parent_ends(setup: Setup, thrice: Path) -> None:
    """`kill -9` of the process that has the engine takes the child along."""
    parent = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.transcription.engines.parent",
        str(setup.ffmpeg),
        str(thrice),
        stdout=asyncio.subprocess.PIPE,
    )
    assert parent.stdout
    child = psutil.Process(int(await parent.stdout.readline()))
    parent.kill()
    await parent.wait()
    gone, _ = await asyncio.to_thread(psutil.wait_procs, [child], timeout=5)
    assert gone == [child]
