"""Files of sound and video that commands are given."""

from pathlib import Path
from typing import Annotated

import typer


def _not_empty(files: list[Path]) -> list[Path]:
    for file in files:
        if file.stat().st_size == 0:
            raise typer.BadParameter(f"{file} is empty.")
    return list(dict.fromkeys(files))


Files = Annotated[
    list[Path],
    typer.Argument(
        exists=True, dir_okay=False, readable=True, callback=_not_empty, metavar="FILE", help="Sound or video."
    ),
]
