"""Documents as Amazon Transcribe writes them: numbers as strings, marks without times."""

import json
from typing import Any

Part = dict[str, Any]


def word(start: str, end: str, content: str, confidence: str = "0.99", **more: Any) -> Part:
    """A spoken item."""
    alternatives = [{"confidence": confidence, "content": content}]
    return {"start_time": start, "end_time": end, "alternatives": alternatives, "type": "pronunciation"} | more


def mark(content: str, **more: Any) -> Part:
    """A mark, whose confidence is always the same."""
    return {"alternatives": [{"confidence": "0.0", "content": content}], "type": "punctuation"} | more


def document(transcript: str, items: list[Part], **results: Any) -> bytes:
    """A whole document with what else belongs to its results."""
    return json.dumps(
        {
            "jobName": "lectern-1",
            "accountId": "111122223333",
            "status": "COMPLETED",
            "results": {"transcripts": [{"transcript": transcript}], "items": items} | results,
        }
    ).encode()


HOLD = [
    word("4.87", "5.02", "I've", "1.0"),
    word("5.02", "5.17", "been", "1.0"),
    word("5.17", "5.29", "on", "1.0"),
    word("5.29", "5.64", "hold", "1.0"),
    word("5.64", "5.84", "for", "1.0"),
    word("6.11", "6.26", "an", "1.0"),
    word("6.26", "6.88", "hour", "0.9"),
    mark("."),
    word("8.49", "8.88", "Sorry", "1.0"),
    word("8.88", "9.05", "about", "0.5"),
    word("9.05", "9.24", "that", "1.0"),
    mark("."),
]
HOLD_TEXT = "I've been on hold for an hour. Sorry about that."
HOLD_SPEAKERS = {
    "channel_label": "ch_0",
    "speakers": 2,
    "segments": [
        {
            "start_time": first["start_time"],
            "end_time": last["end_time"],
            "speaker_label": label,
            "items": [
                {"start_time": item["start_time"], "end_time": item["end_time"], "speaker_label": label}
                for item in HOLD[HOLD.index(first) : HOLD.index(last) + 1]
            ],
        }
        for label, first, last in (("spk_0", HOLD[0], HOLD[6]), ("spk_1", HOLD[8], HOLD[10]))
    ],
}
