"""How a model comes from the hub, and what is said when it doesn't."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.transcription.engines.errors import EngineFailed, EngineUnavailable
from server.transcription.engines.fetching import fetch
from server.transcription.engines.speech_model import SpeechModel, choose_model
from tests.transcription.engines.fake_hub import LITTLE, REPOSITORY, Hub, fake_hub

TOKEN = "hf_not-for-logs"
MODEL = SpeechModel(REPOSITORY, REPOSITORY)


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A hub with a model."""
    with fake_hub(LITTLE) as hub:
        yield hub


@pytest.fixture
def environment(hub: Hub, tmp_path: Path) -> dict[str, str]:
    """What an operator sets."""
    return {"HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path), "HF_TOKEN": TOKEN}


async def test_model_is_fetched_though_the_hub_stumbles(hub: Hub, environment: dict[str, str], tmp_path: Path) -> None:
    """A hub that is out of order for a moment is asked again; the model then lies in the cache, whole."""
    hub.outages = 1
    folder = await fetch(MODEL, environment, within_s=60)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == LITTLE
    assert MODEL.folder(tmp_path / "hub") == folder
    assert hub.tokens == {f"Bearer {TOKEN}"}


@pytest.mark.parametrize("name", ["example/none", "no-such-size", "..:odd"])
async def test_model_that_the_hub_lacks(environment: dict[str, str], name: str) -> None:
    """A name without a model behind it is told with what could be meant, and without the token."""
    with pytest.raises(EngineUnavailable, match=rf"no speech model '{name}'.*large-v3.*HF_TOKEN") as told:
        await fetch(SpeechModel(name, name), environment, within_s=60)
    assert TOKEN not in str(told.value)


async def test_repository_of_something_else(hub: Hub, environment: dict[str, str]) -> None:
    """What was not converted for CTranslate2 is not taken for a model."""
    hub.files = {"config.json": b"{}"}
    with pytest.raises(EngineUnavailable, match="no model converted for CTranslate2"):
        await fetch(MODEL, environment, within_s=60)


async def test_fetching_has_an_end(environment: dict[str, str]) -> None:
    """A model that doesn't come in time fails, and may be tried again."""
    with pytest.raises(EngineFailed, match="not fetched within"):
        await fetch(MODEL, environment, within_s=0.05)


async def test_folder_is_not_looked_for_on_the_hub(environment: dict[str, str]) -> None:
    """A path that leads nowhere is a mistake in the settings."""
    with pytest.raises(EngineUnavailable, match=r"no folder /nowhere/at/all .*WHISPER_MODEL"):
        await fetch(choose_model("/nowhere/at/all"), environment, within_s=60)
