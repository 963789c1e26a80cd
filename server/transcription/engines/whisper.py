"""The whisper engine: speech models on this machine, one at a time kept loaded in a child process."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import AsyncExitStack, aclosing
from pathlib import Path
from types import TracebackType
from typing import Self

from server.configuration.processing import Whisper
from server.transcription.engines.base import Heard
from server.transcription.engines.catalogue import Catalogue
from server.transcription.engines.inheritance import inherited
from server.transcription.engines.language import language_tag, whisper_code
from server.transcription.engines.speech_model import SpeechModel
from server.transcription.engines.whisper_messages import Request
from server.transcription.engines.whisper_process import Bounds, Setup, WhisperProcess, running


class WhisperEngine:
    """An `Engine` that holds one child process; recordings are transcribed one after the other.

    `async with` loads the default model at once, else the first recording loads its own. A recording for another
    model than the loaded one ends the child and starts another, so no two are in memory. A child that was lost, or
    given up because nobody listened any more, is replaced when the next recording comes.
    """

    name = "whisper"

    def __init__(self, setup: Setup, others: Iterable[Setup] = ()) -> None:
        self._default = setup
        self._setups = {each.model.name: each for each in (setup, *others)}
        self._catalogue = Catalogue([each.model for each in self._setups.values()], setup.environment)
        self._turn = asyncio.Lock()
        self._exit = AsyncExitStack()
        self._process: WhisperProcess | None = None

    async def __aenter__(self) -> Self:
        """Load the default model; see `running` for what may go wrong."""
        await self._loaded(self._default)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._end()

    @property
    def model(self) -> str:
        """The default model's name."""
        return self._default.model.name

    @property
    def pid(self) -> int | None:
        """The child's process id, while it lives."""
        return self._process.pid if self._process and self._process.is_alive else None

    async def transcribe(
        self, audio: Path, *, duration_ms: int | None, language: str | None, model: str | None = None
    ) -> AsyncGenerator[Heard, None]:
        """See `Engine.transcribe`."""
        self._catalogue.check(model, language)
        chosen = self._catalogue.find(model)
        async with self._turn:
            process = await self._loaded(self._setups[chosen.name])
            request = self._request(audio, language, chosen, process.languages)
            heard = Heard(0, language)
            try:
                async with aclosing(process.transcribe(request)) as steps:
                    async for step in steps:
                        yield (heard := _within(step, duration_ms))
            finally:
                if not process.idle:
                    await self._end()
            yield Heard(duration_ms or heard.until_ms, heard.language)

    def _request(self, audio: Path, language: str | None, model: SpeechModel, told: tuple[str, ...]) -> Request:
        known = tuple(self._catalogue.languages(model) or told)
        if language is None:
            return Request(str(audio.absolute()), None if len(known) > 1 else known[0])
        if (code := whisper_code(language)) not in told:
            raise self._catalogue.refusal(language, model, told)
        return Request(str(audio.absolute()), code)

    async def _loaded(self, setup: Setup) -> WhisperProcess:
        if self._process and not (self._process.is_alive and self._process.setup is setup):
            await self._end()
        if not self._process:
            self._process = await self._exit.enter_async_context(running(setup))
        return self._process

    async def _end(self) -> None:
        self._process = None
        await self._exit.aclose()


def open_engine(
    settings: Whisper, ffmpeg: Path, environment: Mapping[str, str], *, stall_s: float = 60
) -> WhisperEngine:
    """Make the engine that the settings describe.

    Args:
        settings: which models, on what device, with how many threads.
        ffmpeg: the absolute path of the program.
        stall_s: for how many seconds nothing may come of decoding.
        environment: that of this process; its child inherits what leads to the hub and to a graphics card.

    Raises:
        EngineUnavailable: two models have the same name.
    """
    passed_on = inherited(environment)
    bounds = Bounds(stall_s=stall_s)
    default, *others = (
        Setup(
            model=model,
            ffmpeg=ffmpeg,
            device=settings.device,
            threads=settings.threads,
            bounds=bounds,
            environment=passed_on,
        )
        for model in Catalogue.of(settings, passed_on)
    )
    return WhisperEngine(default, others)


def _within(step: Heard, duration_ms: int | None) -> Heard:
    """Hold a step within the recording's length, and name its language by the standard."""
    until_ms = min(step.until_ms, duration_ms) if duration_ms else step.until_ms
    return Heard(until_ms, language_tag(step.language) if step.language else None, step.segment)
