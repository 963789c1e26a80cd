"""Where the ffmpeg program is."""

import importlib
import shutil
from pathlib import Path


class FfmpegMissing(Exception):  # noqa: N818 - it is simply not there
    """No ffmpeg program was found."""


def find_ffmpeg(named: str | None) -> Path:
    """Find the program: the one that is named, else the one on PATH, else the one that imageio-ffmpeg carries.

    Args:
        named: a path, or a name on PATH; a wrong one is an error, never replaced by another program.

    Returns:
        The program's absolute path.

    Raises:
        FfmpegMissing: saying what to do.
    """
    if named:
        return _on_path(named) or _missing(
            f"FFMPEG names {named!r}, which is not a program. Correct it, or leave it out."
        )
    return _on_path("ffmpeg") or _carried() or _missing("There is no ffmpeg. Install it, or name one in FFMPEG.")


def _on_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found).absolute() if found else None


def _carried() -> Path | None:
    # Only the development environment has the package, so it can't be a plain import.
    try:
        package = importlib.import_module("imageio_ffmpeg")
        return Path(package.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        return None


def _missing(sentence: str) -> Path:
    raise FfmpegMissing(sentence)
