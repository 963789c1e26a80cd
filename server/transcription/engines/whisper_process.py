"""The running child process of the whisper engine, and the guards against its dying, hanging or running away."""

import asyncio
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from server.configuration.processing import Device
from server.ffmpeg.confine import Child, Limits, confined
from server.ffmpeg.verdict import judge
from server.transcription.engines.base import Heard
from server.transcription.engines.errors import AudioUnreadable, EngineFailed, EngineUnavailable
from server.transcription.engines.fetching import fetch
from server.transcription.engines.hub import cache_folder
from server.transcription.engines.inheritance import without_hub
from server.transcription.engines.speech_model import SpeechModel
from server.transcription.engines.whisper_messages import (
    Answer,
    Done,
    Ready,
    Request,
    Step,
    Unavailable,
    Unreadable,
    to_line,
)

_ANSWER: TypeAdapter[Answer] = TypeAdapter(Annotated[Answer, Field(discriminator="kind")])
_CHILD = "server.transcription.engines.whisper_child"
_ROOT = Path(__file__).parents[3]
_PARTING_S = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far the child may go before it is taken for a runaway and killed.

    Attributes:
        window_s: seconds of sound that it holds at a time; the end of each is a sign of life.
        silence_s: seconds without a sign of life; by default a model may be half as fast as speech.
        stall_s: seconds for which nothing may come of decoding.
        start_s: seconds until the model is loaded, which may include fetching it.
        memory: bytes of address space, several times what it uses on a processor; on a graphics card, whose driver
            takes more of it than there is memory, there is no bound. None for none at all.
    """

    window_s: int = 300
    silence_s: float = 600
    stall_s: float = 60
    start_s: float = 600
    memory: int | None = 8 * 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What to run.

    Attributes:
        ffmpeg: the absolute path of the program.
        device: what the model is computed on.
        threads: of the model.
        environment: what the child sees besides its own few variables, and where the hub is; see `inherited`.
    """

    model: SpeechModel
    ffmpeg: Path
    device: Device = Device.AUTO
    threads: int = 2
    bounds: Bounds = field(default_factory=Bounds)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)  # HF_TOKEN is a secret

    @property
    def folder(self) -> Path | None:
        """Where the model's files are, None when they aren't here."""
        return self.model.folder(cache_folder(self.environment))

    def command(self, folder: Path) -> list[str]:
        """Give the program and its arguments, with the model's folder."""
        # -P: the working folder can't shadow a module.
        given = {
            "model": folder,
            "device": self.device,
            "threads": self.threads,
            "ffmpeg": self.ffmpeg,
            "window": self.bounds.window_s,
            "patience": self.bounds.stall_s,
            "memory": self.bounds.memory or 0,
        }
        options = [f"--{name}={value}" for name, value in given.items()]
        return [sys.executable, "-P", "-m", _CHILD, *options]

    def variables(self) -> dict[str, str]:
        """Give the whole environment of the child."""
        own = {
            "PYTHONPATH": str(_ROOT),
            "OMP_NUM_THREADS": str(self.threads),
            "MALLOC_ARENA_MAX": "1",  # with more, glibc keeps a fifth of a gigabyte that it hardly uses
            "HF_HUB_OFFLINE": "1",
        }
        return own | without_hub(self.environment)


class WhisperProcess:
    """A child with the model loaded, serving one request at a time.

    Attributes:
        setup: what it runs.
        languages: Whisper's codes of those that the model knows.
        idle: whether it waits for a request; one that is neither idle nor being read from can only be ended.
    """

    def __init__(self, child: Child, setup: Setup) -> None:
        self._child = child
        self._silence_s = setup.bounds.silence_s
        self.setup = setup
        self.languages: tuple[str, ...] = ()
        self.idle = False

    @property
    def pid(self) -> int:
        """Its process id, which is that of its process group."""
        return self._child.process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended, as far as is known."""
        return self._child.process.returncode is None

    async def load(self) -> None:
        """Wait until the model is loaded.

        Raises:
            EngineUnavailable: it can't be.
            EngineFailed: the child died or took too long.
        """
        match await self._answer(self.setup.bounds.start_s):
            case Ready(languages):
                self.languages, self.idle = languages, True
            case Unavailable(reason):
                raise EngineUnavailable(reason)
            case other:
                raise EngineFailed(f"The speech model's process began with {other.kind!r}.")

    async def transcribe(self, request: Request) -> AsyncGenerator[Heard, None]:
        """Serve one request; see `Engine.transcribe` for what it yields and raises."""
        self.idle = False
        await self._ask(request)
        while not isinstance(answer := await self._answer(self._silence_s), Done):
            match answer:
                case Step(heard):
                    yield heard
                case Unreadable(reason, status):
                    self.idle = True
                    raise _undecoded(reason, status)
                case other:
                    raise EngineFailed(f"The speech model's process answered with {other.kind!r}.")
        self.idle = True

    async def part(self) -> None:
        """Let an idle child end by itself; it does when it can be asked nothing more."""
        if self.idle and self._child.process.stdin:
            self._child.process.stdin.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(_PARTING_S):
                    await self._child.wait()

    async def _ask(self, request: Request) -> None:
        if not (stdin := self._child.process.stdin):
            raise EngineFailed("The speech model's process takes no requests.")
        try:
            stdin.write(to_line(request))
            async with asyncio.timeout(self._silence_s):
                await stdin.drain()
        except (ConnectionError, TimeoutError) as error:
            raise EngineFailed("The speech model's process took no request.") from error

    async def _answer(self, within_s: float) -> Answer:
        line = await self._line(within_s)
        if not line.endswith(b"\n"):
            code = await self._child.wait()
            raise EngineFailed(f"The speech model's process ended early (exit code {code}). {self._child.tail}".strip())
        try:
            return _ANSWER.validate_json(line)
        except ValidationError as error:
            raise EngineFailed("The speech model's process gave an answer that can't be understood.") from error

    async def _line(self, within_s: float) -> bytes:
        if not (stdout := self._child.process.stdout):
            raise EngineFailed("The speech model's process gives no answers.")
        try:
            async with asyncio.timeout(within_s):
                return await stdout.readline()
        except TimeoutError as error:
            raise EngineFailed(f"The speech model gave no sign of life for {within_s:g} seconds.") from error
        except ValueError as error:  # beyond the reader's limit of 64 KiB
            raise EngineFailed("The speech model's process gave an answer without end.") from error


def _undecoded(reason: str, status: int) -> Exception:
    """Tell a file that can't be decoded from a decoder that was killed, hung or had no room."""
    verdict = judge(status, reason)
    if verdict is None or verdict.final:
        return AudioUnreadable(reason)
    return EngineFailed(f"The recording was not decoded to its end ({reason}, status {status}).")


@asynccontextmanager
async def running(setup: Setup) -> AsyncIterator[WhisperProcess]:
    """Run a child, with the model fetched and loaded, for as long as the block lasts.

    However the block is left, the child's whole process group is gone afterwards.

    Raises:
        EngineUnavailable: the model can't be fetched or loaded.
        EngineFailed: the child died or took too long to load it.
    """
    folder = setup.folder or await fetch(setup.model, setup.environment, within_s=setup.bounds.start_s)
    # The bound of memory it sets itself, once it knows the device; a card's driver writes large files of its own.
    limits = Limits(seconds=None, memory=None, file_size=None, open_files=256)
    async with confined(
        setup.command(folder), _ROOT, limits, stdin=asyncio.subprocess.PIPE, environment=setup.variables()
    ) as child:
        process = WhisperProcess(child, setup)
        await process.load()
        yield process
        await process.part()
