"""The disk that jobs work on."""

import asyncio
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from server.pipeline.disk import SPARE, Disk, open_disk
from server.tasks.stage import NotYet, Unworkable

OPEN_AND_WAIT = """
import sys
from pathlib import Path
from server.pipeline.disk import open_disk
with open_disk(Path(sys.argv[1]), None):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    """A disk that jobs may use a thousand bytes of."""
    return Disk(tmp_path, 1_000)


async def test_job_that_does_not_fit_now_waits(disk: Disk) -> None:
    """What others have reserved is not given twice; when they are done, there is room again."""
    async with disk.workplace(700):
        with pytest.raises(NotYet) as reason:
            async with disk.workplace(301):
                pass
        async with disk.workplace(300):
            pass
    async with disk.workplace(301):
        pass
    assert reason.value.delay.total_seconds() > 0


async def test_job_that_never_fits_fails_at_once(disk: Disk) -> None:
    """It does not wait for room that there can't be, and says how much there is."""
    with pytest.raises(Unworkable, match="1,000") as reason:
        async with disk.workplace(1_001):
            pass
    assert reason.value.code == "too_large_to_process"


async def test_something_is_left_free_for_others(tmp_path: Path) -> None:
    """Without a limit of its own a worker stops short of the end of the disk."""
    disk = Disk(tmp_path, None)
    with pytest.raises(NotYet):
        async with disk.workplace(shutil.disk_usage(tmp_path).free - SPARE // 2):
            pass
    with pytest.raises(Unworkable):
        async with disk.workplace(shutil.disk_usage(tmp_path).total):
            pass


async def test_each_job_has_a_folder_that_is_gone_afterwards(disk: Disk, tmp_path: Path) -> None:
    """Whether it succeeds, fails or is cancelled, nothing of a job stays on the disk or reserved."""

    async def work(error: BaseException) -> None:
        async with disk.workplace(1_000) as place:
            assert place.stat().st_mode & 0o777 == 0o700
            (place / "folder").mkdir()
            (place / "folder" / "file").write_bytes(b"x")
            raise error

    for error in (OSError(), asyncio.CancelledError()):
        with pytest.raises(type(error)):
            await work(error)
    assert list(tmp_path.iterdir()) == []
    async with disk.workplace(500) as one, disk.workplace(500) as other:
        assert one != other


async def test_folders_of_dead_workers_are_removed_and_of_living_ones_kept(tmp_path: Path) -> None:
    """What a worker that was killed left behind is found by the next that starts; a neighbour's work is not touched."""
    root = tmp_path / "work"
    neighbour = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OPEN_AND_WAIT, root, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert neighbour.stdout is not None
    async with asyncio.timeout(30):
        assert await neighbour.stdout.readline() == b"open\n"
    [folder] = root.glob("worker-*")
    (folder / "left behind").write_bytes(b"x")
    with ExitStack() as workers:
        workers.enter_context(open_disk(root, None))
        assert folder in root.glob("worker-*")
        neighbour.kill()
        await neighbour.wait()
        workers.enter_context(open_disk(root, None))
        assert folder not in root.glob("worker-*")
        assert len([*root.glob("worker-*")]) == 2
    assert [*root.glob("worker-*")] == []
