"""Files made of the sample by one run of ffmpeg."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from server.ffmpeg.binary import find_ffmpeg
from tests.conftest import SAMPLE

SECONDS = 7.1
PICTURE = "-map 0:a -map 1:v -c:v libx264 -preset ultrafast -pix_fmt yuv420p"


def encode(folder: Path, recipes: Mapping[str, str]) -> dict[str, bytes]:
    """Encode the sample, and a picture of the same length as a second input, by output options for each file name."""
    picture = ("-f", "lavfi", "-i", f"testsrc=s=64x48:d={SECONDS}:r=10")
    outputs = [part for name, recipe in recipes.items() for part in (*recipe.split(), str(folder / name))]
    argv = (str(find_ffmpeg(None)), "-loglevel", "error", "-i", str(SAMPLE), *picture, *outputs)
    subprocess.run(argv, check=True, timeout=60, stdin=subprocess.DEVNULL)
    return {name: (folder / name).read_bytes() for name in recipes}
