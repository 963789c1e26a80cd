"""Transcripts as JSON."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType

from server.transcription.formats.transcript import Transcription, text_of

NOTHING: Mapping[str, object] = MappingProxyType({})


def write_json(transcription: Transcription, about: Mapping[str, object] = NOTHING) -> Iterator[str]:
    """Write one JSON object, which begins with the members that are given.

    `{language, duration_ms, text, segments: [{start_ms, end_ms, text, words, confidence, speaker}]}`, where `words` is
    `[{start_ms, end_ms, text, confidence}]`; times are whole milliseconds, confidences lie within 0 and 1 or are null.
    """
    head = dict(about) | {
        "language": transcription.language,
        "duration_ms": transcription.duration_ms,
        "text": text_of(transcription.segments),
    }
    yield f'{_json(head)[:-1]}, "segments": ['
    for index, segment in enumerate(transcription.segments):
        yield (", " if index else "") + _json(asdict(segment))
    yield "]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
