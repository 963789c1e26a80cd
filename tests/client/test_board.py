"""Tests of showing how files fare."""

import io

import pytest
from rich.console import Console

from server.client.board import open_board
from server.client.feed import News
from server.client.stages import clock
from tests.client import wire


def shown(*, terminal: bool) -> str:
    """Show one file that comes through and one that doesn't, and return what was written."""
    written = io.StringIO()
    console = Console(file=written, force_terminal=terminal, width=120, color_system=None)
    with open_board(console) as board:
        good, bad = board.row("[talk].wav"), board.row("notes.txt")
        for sent in (0, 500_000, 1_000_000):
            good.sending(sent, 1_000_000)
        bad.failed("It is no sound. (not_media)")
        for changes in ({"status": "received"}, {"status": "transcoding"}, {}, {"status": "completed"}):
            good.standing(News.model_validate(wire.news(**changes)))
    return written.getvalue()


def test_a_line_for_each_stage() -> None:
    """Where nobody watches, a line says when another stage begins, and why a file failed."""
    assert shown(terminal=False).splitlines() == [
        "[talk].wav: sending",
        "[talk].wav: sent",
        "notes.txt: It is no sound. (not_media)",
        "[talk].wav: received",
        "[talk].wav: preparing",
        "[talk].wav: listening",
        "[talk].wav: done",
    ]


def test_a_bar_for_each_file() -> None:
    """On a terminal each file has a bar, and a failure its sentence above them."""
    written = shown(terminal=True)
    assert "notes.txt: It is no sound. (not_media)" in written
    bars = written[written.rindex("[talk].wav") :].splitlines()
    assert "done 00:10.00 of sound" in bars[0]
    assert "failed" in bars[1]


@pytest.mark.parametrize("stage", [({}, "listening 00:05.00 of 00:10.00"), ({"duration_ms": None}, "listening 00:05")])
def test_figures_of_listening(stage: tuple[dict[str, object], str]) -> None:
    """How much of the sound was heard is told in minutes and seconds."""
    changes, expected = stage
    written = io.StringIO()
    with open_board(Console(file=written, force_terminal=True, width=120, color_system=None)) as board:
        board.row("talk.wav").standing(News.model_validate(wire.news(**changes)))
    assert expected in written.getvalue()


@pytest.mark.parametrize(
    ("milliseconds", "told"), [(0, "00:00.00"), (7_109, "00:07.10"), (61_250, "01:01.25"), (36_000_000, "600:00.00")]
)
def test_clock(milliseconds: int, told: str) -> None:
    """Times are cut to hundredths, never rounded up to a time that has not come."""
    assert clock(milliseconds) == told
