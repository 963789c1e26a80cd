"""What the whisper engine and its child process say to each other, one JSON object a line.

The child starts faster for importing nothing more than this, so these are plain dataclasses.
"""

import json
from dataclasses import asdict, dataclass
from typing import Literal

from server.transcription.engines.base import Heard


@dataclass(frozen=True, slots=True)
class Request:
    """To the child: transcribe this file; the language is one that the model knows, or None to detect it."""

    audio: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded, and knows these languages."""

    languages: tuple[str, ...]
    kind: Literal["ready"] = "ready"


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The model can't be loaded, and what an operator has to do; the child ends."""

    reason: str
    kind: Literal["unavailable"] = "unavailable"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the transcription under way."""

    heard: Heard
    kind: Literal["step"] = "step"


@dataclass(frozen=True, slots=True)
class Done:
    """The transcription is complete; the next request is welcome."""

    kind: Literal["done"] = "done"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file wasn't decoded; the next request is welcome. `status` is how the decoder ended."""

    reason: str
    status: int
    kind: Literal["unreadable"] = "unreadable"


Answer = Ready | Unavailable | Step | Done | Unreadable


def to_line(message: Request | Answer) -> bytes:
    """Write a message as one line of ASCII."""
    return json.dumps(asdict(message)).encode() + b"\n"


def from_line(line: bytes) -> Request:
    """Read a request."""
    return Request(**json.loads(line))
