"""The Hugging Face hub, as far as it is known without asking it: published models, and those already fetched."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from server.transcription.engines.language import ENGLISH, WHISPER, WHISPER_V3

_PARTS = ("config.json", "model.bin", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Published:
    """A model that faster-whisper knows by a short name: its repository, and Whisper's codes of what it knows."""

    repository: str
    languages: frozenset[str]


# The names and repositories are faster-whisper's own (`faster_whisper/utils.py`), which is too heavy to import here.
# The distilled ones were trained on English alone, though their vocabulary has all languages.
PUBLISHED: Mapping[str, Published] = {
    "tiny.en": Published("Systran/faster-whisper-tiny.en", ENGLISH),
    "tiny": Published("Systran/faster-whisper-tiny", WHISPER),
    "base.en": Published("Systran/faster-whisper-base.en", ENGLISH),
    "base": Published("Systran/faster-whisper-base", WHISPER),
    "small.en": Published("Systran/faster-whisper-small.en", ENGLISH),
    "small": Published("Systran/faster-whisper-small", WHISPER),
    "medium.en": Published("Systran/faster-whisper-medium.en", ENGLISH),
    "medium": Published("Systran/faster-whisper-medium", WHISPER),
    "large-v1": Published("Systran/faster-whisper-large-v1", WHISPER),
    "large-v2": Published("Systran/faster-whisper-large-v2", WHISPER),
    "large-v3": Published("Systran/faster-whisper-large-v3", WHISPER_V3),
    "large": Published("Systran/faster-whisper-large-v3", WHISPER_V3),
    "distil-large-v2": Published("Systran/faster-distil-whisper-large-v2", ENGLISH),
    "distil-medium.en": Published("Systran/faster-distil-whisper-medium.en", ENGLISH),
    "distil-small.en": Published("Systran/faster-distil-whisper-small.en", ENGLISH),
    "distil-large-v3": Published("Systran/faster-distil-whisper-large-v3", ENGLISH),
    "distil-large-v3.5": Published("distil-whisper/distil-large-v3.5-ct2", ENGLISH),
    "large-v3-turbo": Published("mobiuslabsgmbh/faster-whisper-large-v3-turbo", WHISPER_V3),
    "turbo": Published("mobiuslabsgmbh/faster-whisper-large-v3-turbo", WHISPER_V3),
}
_BY_REPOSITORY = {published.repository: published for published in PUBLISHED.values()}


def find_published(name: str) -> Published | None:
    """Find a model by its short name or its repository."""
    return PUBLISHED.get(name) or _BY_REPOSITORY.get(name)


def repository_of(name: str) -> str:
    """Give the repository that a name on the hub stands for: `Systran/faster-whisper-small` for `small`."""
    published = find_published(name)
    return published.repository if published else name


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Say where fetched models are kept.

    The rules are those of huggingface_hub, documented there under "Environment variables".
    """
    if cache := environment.get("HF_HUB_CACHE"):
        return Path(cache).expanduser()
    if home := environment.get("HF_HOME"):
        return Path(home).expanduser() / "hub"
    caches = environment.get("XDG_CACHE_HOME") or f"{environment.get('HOME') or '~'}/.cache"
    return Path(caches).expanduser() / "huggingface" / "hub"


def fetched(name: str, cache: Path) -> Path | None:
    """Find the folder of a model in the hub's cache, if all of it has been fetched.

    The layout is that of huggingface_hub, documented there under "Understand caching".
    """
    place = cache / f"models--{repository_of(name).replace('/', '--')}"
    try:
        revision = (place / "refs" / "main").read_text().strip()
    except OSError:
        return None
    folder = place / "snapshots" / revision
    return folder if is_whole(folder) else None


def is_whole(folder: Path) -> bool:
    """Tell whether a folder has all that a model needs; a download that broke off lacks some of it."""
    return all((folder / part).is_file() for part in _PARTS) and any(folder.glob("vocabulary.*"))
