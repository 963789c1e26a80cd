"""The whisper engine: a speech model on this machine, kept loaded in a child process."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing
from pathlib import Path
from types import TracebackType
from typing import Self

from server.transcription.engines.base import Heard
from server.transcription.engines.errors import LanguageNotSupported
from server.transcription.engines.language import language_tag, whisper_code
from server.transcription.engines.whisper_messages import Request
from server.transcription.engines.whisper_process import Setup, WhisperProcess, running


class WhisperEngine:
    """An `Engine` that holds one child process; recordings are transcribed one after the other.

    `async with` loads the model at once, else the first recording does. A child that was lost, or given up because
    nobody listened any more, is replaced when the next recording comes.
    """

    name = "whisper"

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._turn = asyncio.Lock()
        self._exit = AsyncExitStack()
        self._process: WhisperProcess | None = None

    async def __aenter__(self) -> Self:
        """Load the model; see `running` for what may go wrong."""
        await self._loaded()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._end()

    @property
    def model(self) -> str:
        """The model's name."""
        return self._setup.model.name

    @property
    def pid(self) -> int | None:
        """The child's process id, while it lives."""
        return self._process.pid if self._process and self._process.is_alive else None

    async def transcribe(
        self, audio: Path, *, duration_ms: int | None, language: str | None
    ) -> AsyncGenerator[Heard, None]:
        """See `Engine.transcribe`."""
        async with self._turn:
            process = await self._loaded()
            request = self._request(audio, language, process.languages)
            heard = Heard(0, language)
            try:
                async with aclosing(process.transcribe(request)) as steps:
                    async for step in steps:
                        yield (heard := _within(step, duration_ms))
            finally:
                if not process.idle:
                    await self._end()
            yield Heard(duration_ms or heard.until_ms, heard.language)

    def _request(self, audio: Path, language: str | None, known: tuple[str, ...]) -> Request:
        if language is None:
            return Request(str(audio.absolute()), None if len(known) > 1 else known[0])
        if (code := whisper_code(language)) not in known:
            raise LanguageNotSupported(language, self.model, known)
        return Request(str(audio.absolute()), code)

    async def _loaded(self) -> WhisperProcess:
        if self._process and not self._process.is_alive:
            await self._end()
        if not self._process:
            self._process = await self._exit.enter_async_context(running(self._setup))
        return self._process

    async def _end(self) -> None:
        self._process = None
        await self._exit.aclose()


def _within(step: Heard, duration_ms: int | None) -> Heard:
    """Hold a step within the recording's length, and name its language by the standard."""
    until_ms = min(step.until_ms, duration_ms) if duration_ms else step.until_ms
    return Heard(until_ms, language_tag(step.language) if step.language else None, step.segment)
