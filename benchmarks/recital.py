"""Aggregating a recital of four hours in 1,440 slices, over one bare ffmpeg stream copy of the joined file.

Starts services of its own. Ours and the bare thing are measured in turns in one run, since machines differ and are
noisy; only the ratio means something. What it takes to fetch the slices and to put the files is told beside it, and
the most memory that the worker took until a short and until the long recital were done. Run by `make bench`.
"""

import asyncio
import hashlib
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from uuid import UUID

from rich.console import Console
from rich.table import Table
from uuid_utils.compat import uuid7

from benchmarks.speech import record
from server.aws.store import Address
from server.ffmpeg.allowance import copying
from server.ffmpeg.binary import find_ffmpeg
from server.ffmpeg.joining import Joining
from server.local.backing import Options, backing
from server.observability.logging import configure_logging
from server.pipeline.aggregate import fetch
from server.recitals.models import AudioSlice, Recital, TextSegment
from server.recitals.slices import prefix
from server.recitals.state import RecitalStatus
from server.settings import Settings
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.users import service as users
from server.users.models import UserKind
from server.users.service import Claimed
from server.worker.opening import Opened, open_runner

AIM = 1.3
SHORT_S, LONG_S = 3600, 4 * 3600
SPOKEN_S = 600
SLICE_S = 10
SENTENCE_S = 8
TURNS = 5
COPY, FETCH, JOIN, PUT = "bare stream copy", "fetching", "joining and cutting", "putting"
OPUS = ("-ar", "48000", "-c:a", "libopus", "-b:a", "64k", "-frame_duration", "60")
LIVE = ("-c", "copy", "-f", "webm", "-live", "1", "-cluster_time_limit", str(SLICE_S * 1000))


@dataclass
class Watch:
    """Notes how long things took, in seconds."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        """Time a block."""
        began = time.perf_counter()
        yield
        self.seconds.setdefault(what, []).append(time.perf_counter() - began)

    def ratio(self) -> float:
        """Return the joining over the bare copy."""
        return median(self.seconds[JOIN]) / median(self.seconds[COPY])


@dataclass(frozen=True)
class Bench:
    """What does tasks, and somebody who reads aloud."""

    opened: Opened
    owner: UUID
    folder: Path

    async def read_aloud(self, live: Path, seconds: int) -> list[AudioSlice]:
        """Make a recital that has ended of a recorded file, with its slices in S3, and return those."""
        count = seconds // SLICE_S
        size = -(-_size(live) // count)
        recital = Recital(id=uuid7(), owner_id=self.owner, title="Long", language="en", status=RecitalStatus.ENDED)
        recital.last_sequence = count - 1
        with live.open("rb") as file:
            slices = [await self._put(recital.id, n, file.read(size)) for n in range(count)]
        async with self.opened.tools.units.begin() as work:
            work.session.add(recital)
            await work.session.flush()
            work.session.add_all([*slices, *_sentences(recital.id, seconds)])
            await tasks.add(work, Kind.AGGREGATE, recital.id, owner_id=self.owner, queue=Queue.WORK)
        return slices

    async def take_apart(self, slices: list[AudioSlice], live: Path, watch: Watch) -> None:
        """Time what aggregating consists of, and the bare thing, in turns."""
        tools = self.opened.tools
        for _ in range(TURNS):
            with watch.on(COPY):
                await asyncio.to_thread(copy, live)
            with tempfile.TemporaryDirectory(dir=self.folder) as made:
                place = Path(made)
                with watch.on(FETCH):
                    assembly = await fetch(tools, slices, place)
                with watch.on(JOIN):
                    joining = Joining(tools.ffmpeg, place, copying(_size(live)))
                    joined = await joining.join(assembly.pieces, (LONG_S - SLICE_S) * 1000)
                with watch.on(PUT):
                    for output in (joined.whole, joined.cut):
                        address = Address(tools.settings.aws.content_bucket, f"bench/{output.name}")
                        await tools.store.put(address, place / output.name, output.media_type)

    async def _put(self, recital_id: UUID, sequence: int, content: bytes) -> AudioSlice:
        bucket, key = self.opened.tools.settings.aws.raw_bucket, f"{prefix(self.owner, recital_id)}{sequence:06}"
        await self.opened.tools.store.clients.s3.put_object(Bucket=bucket, Key=key, Body=content)
        return AudioSlice(
            recital_id=recital_id,
            sequence=sequence,
            content_type="audio/webm",
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            bucket=bucket,
            key=key,
        )


def make(folder: Path, seconds: int) -> Path:
    """Record a session as a browser does: into a file that tells no length, cut by time into clusters."""
    said, coded, live = folder / "said.wav", folder / "said.ogg", folder / f"{seconds}.webm"
    ffmpeg("-i", str(record(SPOKEN_S, said)), *OPUS, str(coded))
    ffmpeg("-stream_loop", "-1", "-i", str(coded), "-t", str(seconds), *LIVE, str(live))
    return live


def copy(live: Path) -> None:
    """Copy the stream of a recorded file into another."""
    form = ("-map", "0:a", "-c", "copy", "-f", "webm")
    ffmpeg("-f", "matroska", "-i", str(live), *form, str(live.with_name("bare.webm")))


def ffmpeg(*arguments: str) -> None:
    """Run the program."""
    command = (str(find_ffmpeg(None)), "-loglevel", "error", "-y", *arguments)
    subprocess.run(command, check=True)  # noqa: S603 - our own arguments


def _sentences(recital_id: UUID, seconds: int) -> Iterator[TextSegment]:
    for index, end_s in enumerate(range(SENTENCE_S, seconds - SLICE_S, SENTENCE_S)):
        yield TextSegment(recital_id=recital_id, index=index, text="And so on.", end_ms=end_s * 1000)


def _size(live: Path) -> int:
    return live.stat().st_size


def _peak() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB"


@asynccontextmanager
async def services(folder: Path) -> AsyncIterator[Bench]:
    """Run what a worker stands on, and be one."""
    async with backing(folder / ".lectern", Options(say=lambda _: None), migrate=True) as running:
        os.environ.update(running.environment)
        async with open_runner(Settings()) as opened:
            async with opened.tools.units.begin() as work:
                owner = await users.recognise(work, Claimed(UserKind.MACHINE, "benchmark", "reader"))
            yield Bench(opened, owner.id, folder)


async def measure() -> None:
    """Print how long everything took, and how much memory."""
    configure_logging("WARNING", "console")
    watch, table = Watch(), Table("what", "s", "memory at most")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        recorded = {seconds: make(folder, seconds) for seconds in (SHORT_S, LONG_S)}
        async with services(folder) as bench:
            for seconds, live in recorded.items():
                slices = await bench.read_aloud(live, seconds)
                stage = f"the stage, {seconds // 60} min in {len(slices):,} slices"
                with watch.on(stage):
                    await bench.opened.runner.run_one(Queue.WORK, Kind.AGGREGATE)
                table.add_row(stage, f"{watch.seconds[stage][0]:.2f}", _peak())
            await bench.take_apart(slices, recorded[LONG_S], watch)
    for what in (FETCH, JOIN, PUT, COPY):
        table.add_row(what, f"{median(watch.seconds[what]):.2f}")
    table.add_row("joining over copying", f"{watch.ratio():.2f}", f"aim: {AIM}")
    Console().print(table)


if __name__ == "__main__":
    asyncio.run(measure())
