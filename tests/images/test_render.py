"""The child that makes pictures smaller, and how it ends."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from server.ffmpeg import sniff
from server.ffmpeg.failures import Crashed, FfmpegFailure, MachineTrouble, OutputTooLarge, RenderTimedOut
from server.ffmpeg.sniff import Container
from server.images import render as render_module
from server.images.failures import IncompletePicture, TooHeavy, TooManyPixels, UnreadablePicture
from server.images.formats import DECODERS
from server.images.render import Shape, render
from tests.images import gallery
from tests.images.conftest import Easel
from tests.images.gallery import SIZE, corners, encoded

LITTLE_MEMORY = 128 * 1024**2
"""Hardly more than the child's program takes by itself; a bomb's pixels would take 2.7 GB."""


def test_all_pictures_have_one_decoder() -> None:
    """Whatever is told to be a picture is given to one decoder, and nothing else is."""
    containers = {value for value in vars(sniff).values() if isinstance(value, Container)}
    assert {container for container in containers if container.kind == "image"} == set(DECODERS)


def test_decoders_are_the_childs_alone() -> None:
    """Nothing else that runs the service imports them, so that a hostile picture never meets one in its process."""
    server = Path(render_module.__file__).parents[1]
    imports = re.compile(r"^\s*(?:from|import) (?:PIL|pi_heif|server\.images\.render_child)\b", re.MULTILINE)
    assert [file.name for file in server.rglob("*.py") if imports.search(file.read_text())] == ["render_child.py"]


async def test_bombs_take_no_memory(tmp_path: Path) -> None:
    """A picture of 900 million pixels is refused by its header, by a child that could not hold a hundredth of them."""
    refused: dict[str, type[Exception] | None] = {}

    async def attempt(decoder: str, content: bytes) -> None:
        folder = tmp_path / decoder
        folder.mkdir()
        (folder / "source").write_bytes(content)
        order = render_module.Order(folder / "source", decoder, {"web": 2048}, "web", 100)
        try:
            await render(order, replace(order.limits(len(content)), memory=LITTLE_MEMORY, cpu_seconds=2))
        except FfmpegFailure as failure:
            refused[decoder] = type(failure)

    async with asyncio.TaskGroup() as tasks:
        for decoder, content in gallery.bombs(30_000).items():
            tasks.create_task(attempt(decoder, content))
    assert refused == dict.fromkeys(DECODERS.values(), TooManyPixels)


async def test_renditions_lie_beside_the_source(easel: Easel) -> None:
    """A picture's size is told as it is to be shown, and what is made of it is called as it was ordered."""
    order = easel.order(gallery.turned("JPEG", 6), "JPEG")
    assert await render(order, order.limits(1000)) == Shape(*SIZE)
    assert {file.name for file in easel.folder.iterdir()} == {"source", "web.webp", "thumbnail.webp"}


@pytest.mark.parametrize(
    ("content", "changed", "failure"),
    [
        (b"no picture", {}, UnreadablePicture),
        (encoded(corners((640, 480)), "JPEG")[:4000], {}, IncompletePicture),
        (encoded(Image.new("RGB", (4000, 4000)), "PNG"), {"memory": LITTLE_MEMORY}, TooHeavy),
        (encoded(corners(), "JPEG"), {"file_size": 20}, OutputTooLarge),
        (encoded(corners(), "JPEG"), {"seconds": 0.01}, RenderTimedOut),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
async def test_limits_and_faults_have_their_reasons(
    easel: Easel, content: bytes, changed: dict[str, Any], failure: type[FfmpegFailure]
) -> None:
    """Each is told by a kind of its own; only the one that the machine may be to blame for is worth another try."""
    decoder = "PNG" if content.startswith(b"\x89PNG") else "JPEG"
    order = easel.order(content, decoder)
    with pytest.raises(failure) as caught:
        await render(order, replace(order.limits(len(content)), **changed))
    assert type(caught.value) is failure
    assert caught.value.final is (failure is not RenderTimedOut)


@pytest.mark.parametrize(
    ("does", "failure"),
    [
        ("os.kill(os.getpid(), 11)", Crashed),
        ("os.kill(os.getpid(), 9)", MachineTrouble),
        ("os.kill(os.getpid(), 24)", TooHeavy),
        ("sys.exit(1)", MachineTrouble),
        ("print('nothing')", UnreadablePicture),
        ('print(\'{"width": 0, "height": 1}\')', UnreadablePicture),
        ('print(\'{"width": 1, "height": 1}\')', UnreadablePicture),
        ("open('web.webp', 'w'); print('{\"width\": 1, \"height\": 1}')", UnreadablePicture),
    ],
)
async def test_the_child_is_not_trusted(
    easel: Easel, monkeypatch: pytest.MonkeyPatch, does: str, failure: type[FfmpegFailure]
) -> None:
    """A picture that has taken it over could have it do anything; what it leaves must be pictures."""
    taken_over = easel.folder / "child.py"
    taken_over.write_text(f"import os, sys; {does}")
    monkeypatch.setattr(render_module, "_CHILD", taken_over)
    order = easel.order(b"", "PNG", sides={"web": 2048})
    with pytest.raises(failure) as caught:
        await render(order, order.limits(0))
    assert type(caught.value) is failure
