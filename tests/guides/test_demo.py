"""The first command of the README."""

import os
import re
import shutil
from pathlib import Path

from pydantic import SecretStr

from server.client.finding import Server
from server.client.sign_in import BearerToken
from tests.commands import lectern
from tests.conftest import SAMPLE
from tests.unmeasured import unmeasured


async def test_demonstration_brings_its_own_stack(tmp_path: Path) -> None:
    """Where nothing runs, the demonstration starts a stack, stops it, and says how to keep it open."""
    shutil.copy(SAMPLE, tmp_path / "sample.wav")
    done = await lectern(tmp_path, "demo", "sample.wav", environment=unmeasured(os.environ))
    assert done.status == 0, done.errors
    assert "00:00.00 → " in done.output
    said = re.search(r"`make run` .* at (http://127\.0\.0\.1:\d+)$", done.errors.rstrip())
    assert said is not None, done.errors
    assert not await Server(said[1], BearerToken(SecretStr("any"))).answers()
