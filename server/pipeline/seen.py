"""What was made of an item for people to see."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.ffmpeg.render import Output


@dataclass(frozen=True, slots=True)
class Seen:
    """Files in the folder of the source, each output's stem its rendition's name; and how large it is, upright."""

    outputs: Sequence[Output]
    width: int
    height: int
