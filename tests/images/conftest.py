"""An easel that pictures are put on."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from server.images import render_child
from server.images.render import Order

SIDES = {"web": 2048, "thumbnail": 320}


class Easel:
    """Runs the child's program in this process, on one picture at a time."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def order(self, content: bytes, decoder: str, **changed: Any) -> Order:
        """Say what is to be made of a picture."""
        path = self.folder / "source"
        path.write_bytes(content)
        usual: dict[str, Any] = {"sides": SIDES, "moving": "web", "most_megapixels": 100}
        return Order(path=path, decoder=decoder, **(usual | changed))

    def attempt(self, content: bytes, decoder: str, **changed: Any) -> int:
        """Have the renditions made, by an order that may be changed, and return the exit status."""
        return render_child.main(json.loads(self.order(content, decoder).described()) | changed)

    def paint(self, content: bytes, decoder: str, **changed: Any) -> tuple[int, int]:
        """Have them made, and return the size that is told."""
        assert self.attempt(content, decoder, **changed) == 0
        said = json.loads(self._capsys.readouterr().out)
        return said["width"], said["height"]

    def made(self, name: str = "web") -> bytes:
        """Read a rendition."""
        return (self.folder / f"{name}.webp").read_bytes()

    def seen(self, name: str = "web") -> Image.Image:
        """Look at a rendition."""
        return Image.open(BytesIO(self.made(name)))

    def quarters(self) -> list[tuple[int, ...]]:
        """Give the colour in the middle of each quarter, with its opacity."""
        image = self.seen().convert("RGBA")
        across, down = (image.width // 4, 3 * image.width // 4), (image.height // 4, 3 * image.height // 4)
        pixels = [image.getpixel((x, y)) for y in down for x in across]
        return [pixel for pixel in pixels if isinstance(pixel, tuple)]


@pytest.fixture
def easel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Easel:
    """An easel in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    return Easel(tmp_path, capsys)
