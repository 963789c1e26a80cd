"""Whom a name or number of a user stands for in an image."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Account:
    """Whom programs run as."""

    user: int
    group: int
    home: str


def find_account(user: str, layers: Sequence[Path]) -> Account:
    """Find who is meant by `user` or `user:group`, by numbers or names."""
    name, _, group = user.partition(":")
    known = [line.split(":") for line in _lines(layers, "etc/passwd")]
    entry = next((entry for entry in known if name in entry[:1] + entry[2:3]), None)
    number = int(entry[2]) if entry else int(name)
    home = entry[5] if entry else "/"
    return Account(number, _group(group, layers) if group else int(entry[3]) if entry else 0, home)


def _group(group: str, layers: Sequence[Path]) -> int:
    if group.isdecimal():
        return int(group)
    return next(int(entry[2]) for line in _lines(layers, "etc/group") if (entry := line.split(":"))[0] == group)


def _lines(layers: Sequence[Path], name: str) -> list[str]:
    files = (layer / name for layer in layers)
    return next((file.read_text().splitlines() for file in files if file.exists()), [])
