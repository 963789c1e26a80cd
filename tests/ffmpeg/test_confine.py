"""What a confined child can't do."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from server.ffmpeg import confined_exec
from server.ffmpeg.confine import COULD_NOT_START, Limits, TimedOut, confined, run
from server.ffmpeg.tap import Pipe, open_pipe

ROOT = Path(__file__).parents[2]
LIMITS = Limits(seconds=20, memory=1024**3)
MOST = 10_000


def python(code: str) -> tuple[str, ...]:
    """Give the command that runs a line of Python."""
    return (sys.executable, "-I", "-S", "-c", code)


async def all_dead(pipe: Pipe) -> bool:
    """Tell when the last process that had inherited the pipe is gone."""
    pipe.hand_over()
    async with asyncio.timeout(10):
        while await pipe.reader.read(100):
            pass
    return True


async def test_a_child_has_nothing_of_ours(tmp_path: Path) -> None:
    """Environment, input and session are its own, and its folder is the one given."""
    code = (
        "import os, sys, json; print(json.dumps([os.environ.copy(), os.getcwd(), os.getsid(0) == os.getpid(), "
        "sys.stdin.read()]))"
    )
    finished = await run(python(code), tmp_path, LIMITS, most=MOST)
    environment, folder, leads, heard = json.loads(finished.stdout)
    assert not set(environment) - {"LC_CTYPE"}  # Python sets that one itself
    assert (folder, leads, heard) == (str(tmp_path), True, "")


async def test_limits_are_set(tmp_path: Path) -> None:
    """The program runs under every limit, and can't raise it again."""
    limits = Limits(seconds=20, memory=900_000_000, file_size=12_345, cpu_seconds=7, open_files=20, niceness=3)
    names = ("AS", "FSIZE", "CPU", "NOFILE", "CORE")
    asked = f"[resource.getrlimit(getattr(resource, 'RLIMIT_' + n)) for n in {names}], os.nice(0)"
    finished = await run(python(f"import os, resource; print({asked})"), tmp_path, limits, most=MOST)
    expected = [(value, value) for value in (900_000_000, 12_345, 7, 20, 0)]
    assert finished.stdout.decode().strip() == f"{expected} {os.nice(0) + 3}"


def test_a_limit_never_rises() -> None:
    """Where a lower hard limit is set already, it stays."""
    confined_exec.set_limit("CORE", 0)
    confined_exec.set_limit("CORE", 1_000_000)
    command = python("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))")
    assert subprocess.check_output(command, text=True).strip() == "(0, 0)"


async def test_memory_is_limited(tmp_path: Path) -> None:
    """Asking for more address space than allowed fails inside the child."""
    limits = Limits(seconds=20, memory=200 * 1024**2)
    finished = await run(python("bytearray(300 * 1024**2)"), tmp_path, limits, most=MOST)
    assert finished.code == 1
    assert "MemoryError" in finished.tail


async def test_a_file_that_grows_too_large_kills_its_writer(tmp_path: Path) -> None:
    """The limit of file size ends the child by its own signal."""
    limits = Limits(seconds=20, memory=1024**3, file_size=1000)
    finished = await run(("/bin/dd", "if=/dev/zero", "of=x", "bs=2000", "count=1"), tmp_path, limits, most=MOST)
    assert finished.code == -signal.SIGXFSZ
    assert (tmp_path / "x").stat().st_size == 1000


async def test_time_out_kills_the_whole_group(tmp_path: Path) -> None:
    """The child's own children die with it."""
    limits = Limits(seconds=0.3, memory=None)
    async with open_pipe() as pipe:
        with pytest.raises(TimedOut, match=r"0\.3"):
            async with confined(
                ("/bin/sh", "-c", "sleep 60 & sleep 60"), tmp_path, limits, keep_open=(pipe.write_end,)
            ):
                await asyncio.Event().wait()
        assert await all_dead(pipe)


async def test_a_time_out_of_the_block_itself_stays_one(tmp_path: Path) -> None:
    """Only the child's clock makes `TimedOut`."""
    with pytest.raises(TimeoutError):
        async with confined(("/bin/sleep", "60"), tmp_path, LIMITS), asyncio.timeout(0.05):
            await asyncio.Event().wait()


async def test_leaving_the_block_kills(tmp_path: Path) -> None:
    """Nothing outlives its block, even with its pipe full and unread."""
    async with open_pipe() as pipe:
        async with confined(("/bin/sh", "-c", "yes"), tmp_path, LIMITS, keep_open=(pipe.write_end,)) as child:
            await anext(aiter(child.chunks()))
        assert await all_dead(pipe)
        assert await child.wait() == -signal.SIGKILL


async def test_cancelling_kills(tmp_path: Path) -> None:
    """A cancelled task leaves no child behind."""
    async with open_pipe() as pipe:
        started = asyncio.Event()

        async def work() -> None:
            async with confined(("/bin/sleep", "60"), tmp_path, LIMITS, keep_open=(pipe.write_end,)):
                started.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(work())
        await started.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert task.cancelled()
        assert await all_dead(pipe)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux kills the child of a dead parent")
async def test_a_child_dies_with_us(tmp_path: Path) -> None:
    """Even `kill -9` of our process leaves no child behind."""
    code = (
        "import asyncio, sys; from pathlib import Path; from server.ffmpeg.confine import confined, Limits\n"
        "async def main(fd):\n"
        "    limits = Limits(seconds=60, memory=None)\n"
        "    async with confined(('/bin/sh', '-c', 'echo up; exec sleep 60'), Path(), limits, keep_open=(fd,)) as c:\n"
        "        async for chunk in c.chunks():\n"
        "            print(chunk.decode(), flush=True)\n"
        "asyncio.run(main(int(sys.argv[1])))\n"
    )
    async with open_pipe() as pipe:
        parent = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", code, str(pipe.write_end)),
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE,
            pass_fds=(pipe.write_end,),
        )
        assert parent.stdout
        assert await parent.stdout.readline() == b"up\n"
        parent.kill()
        await parent.wait()
        assert await all_dead(pipe)


async def test_only_the_end_of_stderr_is_kept(tmp_path: Path) -> None:
    """A talkative child costs no memory."""
    code = "import sys; sys.stderr.write('x' * 1_000_000 + 'the end')"
    finished = await run(python(code), tmp_path, LIMITS, most=MOST)
    assert finished.tail == "x" * (4096 - 7) + "the end"


async def test_only_the_beginning_of_stdout_is_kept(tmp_path: Path) -> None:
    """Output beyond the limit is read and dropped, so that the child can end."""
    finished = await run(python("print('y' * 1_000_000)"), tmp_path, LIMITS, most=100)
    assert (finished.code, finished.stdout) == (0, b"y" * 100)


async def test_a_child_can_be_spoken_with(tmp_path: Path) -> None:
    """Stdin is a pipe where that is wanted."""
    async with confined(("/bin/cat",), tmp_path, LIMITS, stdin=asyncio.subprocess.PIPE) as child:
        assert child.process.stdin
        child.process.stdin.write(b"hello")
        child.process.stdin.close()
        assert [chunk async for chunk in child.chunks()] == [b"hello"]
        assert await child.wait() == 0


async def test_a_missing_program_is_said(tmp_path: Path) -> None:
    """The wrapper tells what it could not become."""
    finished = await run((str(tmp_path / "nothing"),), tmp_path, LIMITS, most=MOST)
    assert finished.code == COULD_NOT_START
    assert "No such file" in finished.tail


async def test_the_environment_is_what_is_given(tmp_path: Path) -> None:
    """Variables come only by name."""
    async with confined(("/usr/bin/env",), tmp_path, LIMITS, environment={"A": "1"}) as child:
        said = b"".join([chunk async for chunk in child.chunks()])
    assert set(said.split()) - {b"LC_CTYPE=C.UTF-8"} == {b"A=1"}
