"""S3's news of new objects."""

import json

import pytest

from server.aws.store import Address
from server.uploads.events import NotUnderstood, read


def record(key: str = "a/b/source", name: str = "ObjectCreated:Post", version: str = "2.1") -> dict[str, object]:
    """One record as S3 writes it."""
    described = {"bucket": {"name": "raw"}, "object": {"key": key, "size": 3, "sequencer": "0055AED6"}}
    return {"eventVersion": version, "eventSource": "aws:s3", "eventName": name, "s3": described}


def test_keys_are_decoded_as_forms_are() -> None:
    """A space comes as a plus, everything else by percent."""
    body = json.dumps({"Records": [record("a+b/%D7%A9%2B.wav")]})
    assert read(body) == [Address("raw", "a b/ש+.wav")]


def test_later_minor_versions_are_understood() -> None:
    """Only the major of the event's version matters."""
    assert read(json.dumps({"Records": [record(version="2.9")]})) == [Address("raw", "a/b/source")]


def test_test_event_and_removals_speak_of_nothing() -> None:
    """Neither the message that S3 sends at set-up nor news of removals confirms anything."""
    assert read(json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent"})) == []
    assert read(json.dumps({"Records": [record(name="ObjectRemoved:Delete")]})) == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not json",
        "[]",
        "null",
        "{}",
        '{"Records": 1}',
        '{"Records": [{}]}',
        '{"Event": "other"}',
        json.dumps({"Records": [record(version="3.0")]}),
    ],
)
def test_anything_else_is_not_understood(body: str) -> None:
    """What S3 doesn't send is left for the dead letters."""
    with pytest.raises(NotUnderstood):
        read(body)
