"""The speech model that comes along."""

from pathlib import Path

import pytest

from server.local import model
from server.local.errors import StackError
from server.local.memory import Memory


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The model's files, each of which may be replaced."""
    folder = tmp_path / "model"
    folder.mkdir()
    for name in model.SHA256:
        (folder / name).symlink_to(model.bundled() / name)
    return folder


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """Nothing remembered yet."""
    return Memory(tmp_path / "model.json")


def test_published_model_is_accepted(copy: Path, memory: Memory) -> None:
    """The model that comes along is the one that was published."""
    model.check(copy, memory)
    assert memory.file.exists()


@pytest.mark.parametrize("name", model.SHA256)
def test_damaged_model_is_refused(copy: Path, memory: Memory, name: str) -> None:
    """One wrong byte in any file is found."""
    (copy / name).unlink()
    (copy / name).write_bytes(b"x")
    with pytest.raises(StackError, match=f"{name} is not the file that was published"):
        model.check(copy, memory)


def test_change_after_the_check_is_found(copy: Path, memory: Memory) -> None:
    """A file that has passed is checked again once it is another."""
    model.check(copy, memory)
    (copy / "config.json").unlink()
    (copy / "config.json").write_text("{}")
    with pytest.raises(StackError, match=r"config\.json"):
        model.check(copy, memory)


def test_files_are_read_only_once(copy: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second check goes by size and time of change: even wrong sums don't trouble it."""
    model.check(copy, memory)
    monkeypatch.setattr(model, "SHA256", dict.fromkeys(model.SHA256, "0"))
    model.check(copy, memory)


def test_missing_file_is_said(copy: Path, memory: Memory) -> None:
    """A model that is not whole is refused before it is read."""
    (copy / "tokenizer.json").unlink()
    with pytest.raises(StackError, match=r"not whole, .*tokenizer\.json is missing"):
        model.check(copy, memory)
