"""What a build sees of the checkout: all that its ignore file lets through."""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath


class Ignored:
    """The rules of an ignore file; the last that fits a path decides.

    Source: https://docs.docker.com/build/concepts/context/#dockerignore-files
    """

    def __init__(self, text: str) -> None:
        lines = [line.strip() for line in text.splitlines()]
        self._rules = [
            (_as_expression(line.removeprefix("!")), line.startswith("!"))
            for line in lines
            if line and not line.startswith("#")
        ]

    def passes(self, path: PurePosixPath) -> bool:
        """Say whether a file is let through; what is said of a folder holds for what is in it."""
        whole = [str(path), *map(str, path.parents[:-1])]
        verdicts = [keeps for rule, keeps in self._rules if any(rule.fullmatch(part) for part in whole)]
        return verdicts[-1] if verdicts else True


def _as_expression(pattern: str) -> re.Pattern[str]:
    pattern = pattern.strip("/")
    escaped = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*")
    return re.compile(escaped.replace(r"\*", "[^/]*").replace(r"\?", "[^/]"))


def files_of(checkout: Path, ignored: Ignored) -> Iterator[PurePosixPath]:
    """Walk over the files that are let through, by their paths in the checkout."""
    for folder, folders, names in os.walk(checkout):
        here = PurePosixPath(Path(folder).relative_to(checkout))
        folders[:] = sorted(name for name in folders if name not in _NEVER)
        yield from (here / name for name in sorted(names) if ignored.passes(here / name))


_NEVER = {".git", ".lectern", ".tools", ".venv"}
"""Large folders that no image has a use for: an ignore file that let them through would fail the test of its own."""
