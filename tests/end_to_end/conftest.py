"""The whole stack, as a foreign client sees it."""

import io
import json
import wave
from typing import Any

import pytest

from server.local.stack import Running
from tests.conftest import SAMPLE


@pytest.fixture(scope="session")
def local(running_stack: Running) -> dict[str, Any]:
    """What `local.json` tells."""
    described: dict[str, Any] = json.loads(running_stack.local_json.read_text())
    return described


@pytest.fixture(scope="session")
def long_speech() -> bytes:
    """Three and a half minutes of speech: long enough to be interrupted."""
    with wave.open(str(SAMPLE)) as sample:
        parameters, frames = sample.getparams(), sample.readframes(sample.getnframes())
    held = io.BytesIO()
    with wave.open(held, "wb") as repeated:
        repeated.setparams(parameters)
        for _ in range(30):
            repeated.writeframes(frames)
    return held.getvalue()
