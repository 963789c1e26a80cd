"""What is known of the hub without asking it."""

from pathlib import Path

import pytest
from faster_whisper.utils import _MODELS

from server.transcription.engines.hub import PUBLISHED, cache_folder, fetched
from tests.transcription.engines.fake_hub import LITTLE, put_into_cache


def test_published_models_are_those_of_the_library() -> None:
    """The short names lead to the repositories that faster-whisper would take for them."""
    assert {name: published.repository for name, published in PUBLISHED.items()} == _MODELS


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HF_HUB_CACHE": "/a", "HF_HOME": "/b"}, "/a"),
        ({"HF_HOME": "/b", "XDG_CACHE_HOME": "/c"}, "/b/hub"),
        ({"XDG_CACHE_HOME": "/c", "HOME": "/d"}, "/c/huggingface/hub"),
        ({"HOME": "/d"}, "/d/.cache/huggingface/hub"),
        ({}, str(Path.home() / ".cache/huggingface/hub")),
    ],
)
def test_cache_is_where_the_hub_puts_it(environment: dict[str, str], folder: str) -> None:
    """The nearest of the variables counts, as for the hub's own library."""
    assert cache_folder(environment) == Path(folder)


def test_fetched_model_is_found_by_either_name(tmp_path: Path) -> None:
    """A short name and its repository are the same model in the cache."""
    folder = put_into_cache(tmp_path, "Systran/faster-whisper-small", LITTLE)
    assert fetched("small", tmp_path) == fetched("Systran/faster-whisper-small", tmp_path) == folder
    assert fetched("base", tmp_path) is None


@pytest.mark.parametrize("missing", LITTLE)
def test_half_fetched_is_not_fetched(tmp_path: Path, missing: str) -> None:
    """A download that broke off leaves no model."""
    put_into_cache(tmp_path, "example/whisper", {name: data for name, data in LITTLE.items() if name != missing})
    assert fetched("example/whisper", tmp_path) is None
