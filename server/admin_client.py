"""The command line of Lectern."""

import sys
from pathlib import Path

if sys.path[0] == str(Path(__file__).resolve().parent):
    # Started as a script, Python looks for modules in this folder first, where our own
    # packages would hide installed ones of the same name (`valkey`, for one).
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import typer
from stamina.instrumentation import set_on_retry_hooks

from server.commands import models, operations, people, stack, texts

app = typer.Typer(
    help="Collects speech and turns it into text.", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)
for group in (stack, texts, operations, people):
    app.add_typer(group.app)
app.add_typer(models.app, name="models")


def main() -> None:
    """Run the command that the arguments name."""
    set_on_retry_hooks([])  # what is tried again is nobody's business unless it fails
    app()


if __name__ == "__main__":
    main()
