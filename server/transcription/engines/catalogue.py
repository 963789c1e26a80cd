"""The speech models that recordings may be transcribed with."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Self

from server.configuration.processing import Whisper
from server.transcription.engines.abilities import languages_of
from server.transcription.engines.errors import EngineUnavailable, LanguageNotSupported, ModelNotAvailable
from server.transcription.engines.hub import cache_folder
from server.transcription.engines.language import whisper_code
from server.transcription.engines.speech_model import SpeechModel, choose_model


class Catalogue:
    """The default model and the others by their names, and what they know; none of them is loaded for that.

    Making one reads files of the models that are here.

    Raises:
        EngineUnavailable: two models have the same name.
    """

    def __init__(self, models: Sequence[SpeechModel], environment: Mapping[str, str]) -> None:
        cache = cache_folder(environment)
        self.default = models[0]
        self._models = _by_name(models)
        self._languages = {model.name: languages_of(model, cache) for model in models}

    @classmethod
    def of(cls, settings: Whisper, environment: Mapping[str, str]) -> Self:
        """Make the one that the settings name; the environment says where fetched models are."""
        return cls([choose_model(named) for named in (settings.model, *settings.other_models)], environment)

    def __iter__(self) -> Iterator[SpeechModel]:
        return iter(self._models.values())

    def find(self, name: str | None) -> SpeechModel:
        """Find a model by its name, or the default.

        Raises:
            ModelNotAvailable: there is none of this name.
        """
        try:
            return self._models[name or self.default.name]
        except KeyError:
            raise ModelNotAvailable(name or "", self._models) from None

    def languages(self, model: SpeechModel) -> frozenset[str] | None:
        """Tell Whisper's codes of the languages that a model knows; None when only loading it will tell."""
        return self._languages[model.name]

    def check(self, model: str | None, language: str | None) -> None:
        """Refuse early what can't be transcribed.

        Args:
            model: a name, or None for the default.
            language: the BCP-47 tag that the recording is declared to be in, or None to have it detected.

        Raises:
            ModelNotAvailable: there is no such model.
            LanguageNotSupported: it doesn't know the language.
        """
        chosen = self.find(model)
        known = self.languages(chosen)
        if language and known is not None and whisper_code(language) not in known:
            raise self.refusal(language, chosen, known)

    def refusal(self, language: str, model: SpeechModel, known: Collection[str]) -> LanguageNotSupported:
        """Make the refusal of a language that a model doesn't know, with the ways out that there are."""
        code = whisper_code(language)
        able = [name for name, codes in self._languages.items() if codes and code in codes]
        choices = [*(f"the model {name!r}" for name in able), "the engine 'aws'"]
        return LanguageNotSupported(
            language,
            model.name,
            known,
            f"choose {' or '.join(choices)}, or ask the operator to set WHISPER_MODEL or WHISPER_OTHER_MODELS to a "
            "model that knows it",
        )


def _by_name(models: Sequence[SpeechModel]) -> dict[str, SpeechModel]:
    named: dict[str, SpeechModel] = {}
    for model in models:
        if (other := named.setdefault(model.name, model)) != model:
            raise EngineUnavailable(
                f"Two speech models are called {model.name!r}: {other.source} and {model.source}. Rename a folder, "
                "or take one of them out of WHISPER_MODEL and WHISPER_OTHER_MODELS."
            )
    return named
