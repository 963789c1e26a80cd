"""What is refused before anything is transcribed, and with what advice."""

from pathlib import Path

import pytest

from server.configuration.processing import Whisper
from server.transcription.engines.catalogue import Catalogue
from server.transcription.engines.errors import EngineUnavailable, LanguageNotSupported, ModelNotAvailable


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """The model that comes along, a multilingual one and one of which nothing is known."""
    settings = Whisper(model=None, other_models=["small", "example/hebrew", "tiny.en"])
    return Catalogue.of(settings, {"HF_HUB_CACHE": str(tmp_path)})


@pytest.mark.parametrize(
    ("model", "language"),
    [(None, None), (None, "en-GB"), ("tiny.en", "en"), ("small", "iw-IL"), ("example/hebrew", "he"), ("small", None)],
)
def test_what_may_succeed_passes(catalogue: Catalogue, model: str | None, language: str | None) -> None:
    """What a model knows, or may know, is not refused; nor is a language that is to be detected."""
    catalogue.check(model, language)


def test_language_of_no_use_is_refused_with_a_way_out(catalogue: Catalogue) -> None:
    """Who declares a language that the model doesn't know is told which one does, and who else could help."""
    with pytest.raises(LanguageNotSupported) as refused:
        catalogue.check(None, "he")
    assert refused.value.detail == (
        "The recording is declared as 'he'; the speech model 'tiny.en' understands en. Declare another language, or "
        "choose the model 'small' or the engine 'aws', or ask the operator to set WHISPER_MODEL or "
        "WHISPER_OTHER_MODELS to a model that knows it."
    )


def test_language_that_no_model_has(catalogue: Catalogue) -> None:
    """Where no model is sure to know the language, none is advised."""
    with pytest.raises(LanguageNotSupported, match=r"99 languages.*choose the engine 'aws', or ask"):
        catalogue.check("small", "tlh")


def test_unknown_model_is_refused(catalogue: Catalogue) -> None:
    """A name that is not among the settings is refused, and those that are are named; a path is no name."""
    for name in ("large-v3", "/etc"):
        with pytest.raises(ModelNotAvailable, match=r"'tiny.en' or 'small'.*WHISPER_OTHER_MODELS") as refused:
            catalogue.check(name, "en")
        assert (refused.value.status, refused.value.code) == (422, "model_not_available")


def test_two_models_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    """Names are stored with transcripts, so two models can't share one."""
    with pytest.raises(EngineUnavailable, match=r"/a/mine and /b/mine"):
        Catalogue.of(Whisper(model="/a/mine", other_models=["/b/mine"]), {"HF_HUB_CACHE": str(tmp_path)})
