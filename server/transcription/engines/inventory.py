"""Which speech models there are, for an operator to look over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from server.transcription.engines.catalogue import Catalogue
from server.transcription.engines.hub import cache_folder


@dataclass(frozen=True, slots=True)
class Entry:
    """One speech model.

    Attributes:
        languages: Whisper's codes of what it knows; None where only loading it will tell.
        folder: where its files are; None when they have not been fetched.
        size: bytes on disk.
    """

    name: str
    source: str
    is_default: bool
    languages: frozenset[str] | None
    folder: Path | None
    size: int


def take_inventory(catalogue: Catalogue, environment: Mapping[str, str]) -> Iterator[Entry]:
    """Look for the files of each model, the default first; the environment says where fetched ones are."""
    cache = cache_folder(environment)
    for model in catalogue:
        folder = model.folder(cache)
        yield Entry(
            name=model.name,
            source=model.source,
            is_default=model == catalogue.default,
            languages=catalogue.languages(model),
            folder=folder,
            size=_size_of(folder) if folder else 0,
        )


def _size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
