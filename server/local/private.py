"""Files that nobody but their owner may read."""

import os
from pathlib import Path


def private_folder(folder: Path) -> Path:
    """Make a folder that only its owner may enter, unless there is one; return its absolute path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder.resolve()


def write_private(file: Path, text: str) -> None:
    """Write a file of mode 0600 in one step: a reader finds the old text or the new, never a part."""
    half = file.with_name(f".{file.name}.half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    half.replace(file)
