"""Which languages a speech model knows, told without loading it."""

import json
from pathlib import Path

from server.transcription.engines.hub import find_published
from server.transcription.engines.language import ENGLISH, WHISPER, WHISPER_V3
from server.transcription.engines.speech_model import SpeechModel

# The size of the vocabulary is how CTranslate2 tells a multilingual model, too:
# https://github.com/OpenNMT/CTranslate2/blob/master/src/models/whisper.cc
_MULTILINGUAL, _V3 = 51_865, 51_866


def languages_of(model: SpeechModel, cache: Path) -> frozenset[str] | None:
    """Tell Whisper's codes of the languages that a model knows; None when that can't be told.

    Args:
        model: need not be here; its files tell most.
        cache: that of the hub, see `hub.cache_folder`.
    """
    published = find_published(model.source) or find_published(model.name)
    if model.name.endswith(".en") or (published and published.languages == ENGLISH):
        return ENGLISH
    folder = model.folder(cache)
    told = _by_vocabulary(folder) if folder else None
    return told or (published.languages if published else None)


def _by_vocabulary(folder: Path) -> frozenset[str] | None:
    try:
        size = _vocabulary_size(folder)
    except (OSError, ValueError, TypeError):
        return None
    if size < _MULTILINGUAL:
        return ENGLISH
    return WHISPER_V3 if size >= _V3 else WHISPER


def _vocabulary_size(folder: Path) -> int:
    lists = folder / "vocabulary.json"
    if lists.exists():
        return len(json.loads(lists.read_bytes()))
    return len((folder / "vocabulary.txt").read_bytes().rstrip(b"\n").split(b"\n"))
