"""Names for the files that texts are written to."""

from collections.abc import Sequence
from pathlib import Path

from server.client.client import Extension


def name_outputs(files: Sequence[Path], extension: Extension) -> dict[Path, str]:
    """Name a file for each input's text, numbered where several inputs have the same stem.

    The names depend on nothing but the inputs, so that a second run writes the same files again.
    """
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for file in files:
        number, name = 1, f"{file.stem}.{extension}"
        while name.casefold() in taken:  # some file systems don't tell a from A
            number += 1
            name = f"{file.stem}-{number}.{extension}"
        taken.add(name.casefold())
        names[file] = name
    return names
