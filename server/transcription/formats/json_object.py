"""Transcripts as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from server.transcription.formats.transcript import Transcription, text_of


def write_json(transcription: Transcription) -> Iterator[str]:
    """Write one JSON object.

    `{language, duration_ms, text, segments: [{start_ms, end_ms, text, words, confidence, speaker}]}`, where `words` is
    `[{start_ms, end_ms, text, confidence}]`; times are whole milliseconds, confidences lie within 0 and 1 or are null.
    """
    head = {
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
