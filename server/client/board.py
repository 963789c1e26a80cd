"""Showing on a terminal, or in a log, how several files fare."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from server.client.feed import News
from server.client.following import Watcher
from server.client.stages import Stage, stage_of, stage_of_sending


class Row(Watcher, Protocol):
    """Shows how one file fares."""

    def failed(self, why: str) -> None:
        """Nothing comes of it."""
        ...


class Board(Protocol):
    """Shows how several files fare."""

    def row(self, name: str) -> Row:
        """Begin to show a file."""
        ...


@contextmanager
def open_board(console: Console) -> Iterator[Board]:
    """Show bars on a terminal; anywhere else, a line whenever a file comes to another stage."""
    if not console.is_terminal:
        yield Lines(console)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[stage]}", markup=False),
        TimeElapsedColumn(),
    )
    # The text goes to standard output after the bars are gone; it must not be caught by them.
    with Progress(*columns, console=console, redirect_stdout=False, redirect_stderr=False) as progress:
        yield Bars(progress)


class Bars:
    """A bar for each file."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def row(self, name: str) -> Row:
        """Begin with a new bar."""
        return _Bar(self._progress, name)


class _Bar:
    def __init__(self, progress: Progress, name: str) -> None:
        self._progress = progress
        self._name = name
        self._task = progress.add_task(name, total=1.0, stage="waiting")

    def sending(self, sent: int, size: int) -> None:
        self._show(stage_of_sending(sent, size))

    def standing(self, news: News) -> None:
        self._show(stage_of(news))

    def failed(self, why: str) -> None:
        self._progress.update(self._task, stage="failed")
        self._progress.stop_task(self._task)
        _print(self._progress.console, self._name, why)

    def _show(self, stage: Stage) -> None:
        self._progress.update(self._task, completed=stage.share, stage=f"{stage.doing} {stage.figures}")


class Lines:
    """A line for each stage of each file."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def row(self, name: str) -> Row:
        """Begin with another file."""
        return _Line(self._console, name)


class _Line:
    def __init__(self, console: Console, name: str) -> None:
        self._console = console
        self._name = name
        self._doing = ""

    def sending(self, sent: int, size: int) -> None:
        self._show(stage_of_sending(sent, size))

    def standing(self, news: News) -> None:
        self._show(stage_of(news))

    def failed(self, why: str) -> None:
        _print(self._console, self._name, why)

    def _show(self, stage: Stage) -> None:
        if stage.doing != self._doing:
            self._doing = stage.doing
            _print(self._console, self._name, stage.doing)


def _print(console: Console, name: str, text: str) -> None:
    console.print(f"{name}: {text}", markup=False, highlight=False, soft_wrap=True)
