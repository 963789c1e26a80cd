"""A process with an engine at work, to be killed: prints the child's process id when that is in mid-recording."""

import asyncio
import sys
from contextlib import aclosing
from pathlib import Path

from server.transcription.engines.speech_model import choose_model
from server.transcription.engines.whisper import WhisperEngine
from server.transcription.engines.whisper_process import Bounds, Setup


async def main(ffmpeg: Path, audio: Path) -> None:
    """Transcribe until killed."""
    setup = Setup(model=choose_model(None), ffmpeg=ffmpeg, threads=1, bounds=Bounds(window_s=10))
    async with (
        WhisperEngine(setup) as engine,
        aclosing(engine.transcribe(audio, duration_ms=None, language="en")) as steps,
    ):
        await anext(steps)
        sys.stdout.write(f"{engine.pid}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
