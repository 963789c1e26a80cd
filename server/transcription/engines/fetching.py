"""Fetching a speech model from the hub, in a process of its own."""

import sys
from collections.abc import Mapping
from pathlib import Path

from server.ffmpeg.confine import Limits, TimedOut, confined
from server.transcription.engines.errors import EngineFailed, EngineUnavailable
from server.transcription.engines.hub import cache_folder
from server.transcription.engines.speech_model import SpeechModel

_CHILD = "server.transcription.engines.fetch_child"
_ROOT = Path(__file__).parents[3]


def command(name: str, folder: Path | None = None) -> list[str]:
    """Give the program that fetches a model, and its arguments.

    It prints the folder and ends with 0, or says on stderr why not, and ends with 1; progress goes to stderr, too.
    """
    return [sys.executable, "-P", "-m", _CHILD, name, *([f"--folder={folder}"] if folder else [])]


def variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the environment in which it runs: what is set for the hub, and where it finds our code."""
    own = {
        "PYTHONPATH": str(_ROOT),
        "HF_HUB_CACHE": str(cache_folder(environment)),
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }
    return dict(environment) | own


async def fetch(model: SpeechModel, environment: Mapping[str, str], *, within_s: float) -> Path:
    """Fetch a model into the hub's cache.

    Returns:
        The folder with its files.

    Raises:
        EngineUnavailable: it can't be had; also when it should be in a folder, and that is not there.
        EngineFailed: it took too long; the next attempt goes on where this one ended.
    """
    if model.is_local:
        raise EngineUnavailable(
            f"There is no folder {model.source} for the speech model. Correct WHISPER_MODEL or WHISPER_OTHER_MODELS."
        )
    quiet = variables(environment) | {"HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    limits = Limits(seconds=within_s, memory=None, file_size=None, open_files=256)
    try:
        async with confined(command(model.source), _ROOT, limits, environment=quiet) as child:
            said = b"".join([chunk async for chunk in child.chunks()])
            code = await child.wait()
    except TimedOut as error:
        raise EngineFailed(f"The speech model {model.source!r} was not fetched within {within_s:g} seconds.") from error
    if code:
        raise EngineUnavailable(child.tail.strip())
    return Path(said.decode().strip())
