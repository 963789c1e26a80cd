"""News of uploaded objects from those who call our webhooks."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote_plus
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import func, select

from server.settings import Settings
from server.tasks.models import Kind, Task
from server.unit_of_work import Units
from tests.swapping import instead
from tests.tokens import Pool
from tests.uploads.test_events import record

PATH = "/webhooks/upload-notification"
OLD, NEW = "old-key-of-the-deployment", "new-key-of-the-deployment"
KEY = {"X-Webhook-Api-Key": NEW}


@pytest.fixture
async def hooked(http: httpx.AsyncClient, running_app: FastAPI, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a deployment that has given two keys."""
    with instead(running_app, settings=having(settings, OLD, NEW)):
        yield http


def having(settings: Settings, *keys: str) -> Settings:
    """The settings of a deployment that has given these keys."""
    auth = settings.auth.model_copy(update={"webhook_keys": [SecretStr(key) for key in keys]})
    return settings.model_copy(update={"auth": auth})


@pytest.fixture
async def begun(http: httpx.AsyncClient, pool: Pool) -> tuple[UUID, str]:
    """An upload that waits for its bytes: its id and key."""
    wish = {"filename": "a.wav", "content_type": "audio/wav", "size": 3}
    session = (await http.post("/uploads", json=wish, headers=pool.person())).json()
    return UUID(session["id"]), session["fields"]["key"]


def forms(bucket: str, key: str) -> list[dict[str, Any]]:
    """The same news in every form."""
    said = record() | {"s3": {"bucket": {"name": bucket}, "object": {"key": quote_plus(key)}}}
    event = {"Records": [said, said]}
    detail = {"version": "0", "bucket": {"name": bucket}, "object": {"key": key, "size": 3}}
    return [
        event,
        {"Records": [{"messageId": "1", "eventSource": "aws:sqs", "body": json.dumps(event)}]},
        {"version": "0", "source": "aws.s3", "detail-type": "Object Created", "detail": detail},
        {"bucket": bucket, "key": key},
    ]


async def test_news_in_any_form_and_any_number_is_as_once(
    hooked: httpx.AsyncClient, begun: tuple[UUID, str], settings: Settings, units: Units
) -> None:
    """Each form is understood, with either key, and the upload is taken in once."""
    upload_id, key = begun
    for number, body in enumerate(forms(settings.aws.raw_bucket, key)):
        answer = await hooked.post(PATH, json=body, headers={"X-Webhook-Api-Key": (OLD, NEW)[number % 2]})
        assert (answer.status_code, answer.json()) == (200, {"accepted": 1})
    async with units.begin() as work:
        count = select(func.count()).where(Task.subject_id == upload_id, Task.kind == Kind.INTAKE)
        assert await work.session.scalar(count) == 1


async def test_two_may_tell_of_the_same_at_once(
    hooked: httpx.AsyncClient, running_app: FastAPI, pool: Pool, settings: Settings, separate_units: Units
) -> None:
    """In whichever order they tell, neither waits for the other for ever."""
    wish = {"filename": "a.wav", "content_type": "audio/wav", "size": 3}
    with instead(running_app, units=separate_units):
        begun = [await hooked.post("/uploads", json=wish, headers=pool.person()) for _ in range(12)]
        keys = [answer.json()["fields"]["key"] for answer in begun]
        said = [forms(settings.aws.raw_bucket, key)[0]["Records"][0] for key in keys]
        told = ({"Records": records} for records in (said, said[::-1]) * 2)
        answers = await asyncio.gather(*(hooked.post(PATH, json=news, headers=KEY) for news in told))
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"accepted": 12})] * 4


async def test_what_is_not_ours_is_passed_over(
    hooked: httpx.AsyncClient, begun: tuple[UUID, str], settings: Settings
) -> None:
    """Another bucket, a key that nobody waits for, or one encoded where none is: no error, and nothing accepted."""
    _, key = begun
    bucket = settings.aws.raw_bucket
    bodies = [*forms("elsewhere", key), *forms(bucket, "a/b+c"), {"bucket": bucket, "key": quote_plus(key)}]
    bodies += [{"Service": "Amazon S3", "Event": "s3:TestEvent"}, {"Records": [record(name="ObjectRemoved:Delete")]}]
    for body in bodies:
        answer = await hooked.post(PATH, json=body, headers=KEY)
        assert (answer.status_code, answer.json()) == (200, {"accepted": 0}), body


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        {},
        {"bucket": "b"},
        {"bucket": "b", "key": ""},
        {"bucket": "b", "key": "a\0b"},
        {"bucket": "b", "key": "k", "more": 1},
        {"Records": [record("a%00b")]},
        {"Records": [record(version="3.0")]},
        {"Records": [{"body": "not json"}]},
        {"Records": [{"body": "{}"}]},
        {"Records": {}},
        {"detail-type": "Object Created", "source": "aws.ec2", "detail": {}},
        {"Event": "other"},
    ],
)
async def test_odd_bodies_are_refused(hooked: httpx.AsyncClient, body: object) -> None:
    """Whatever nobody sends who means well is 422, with the reason."""
    answer = await hooked.post(PATH, json=body, headers=KEY)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([], 401),
        ([("X-Webhook-Api-Key", "")], 401),
        ([("X-Webhook-Api-Key", NEW[:-1])], 401),
        ([("X-Webhook-Api-Key", f"{OLD},{NEW}")], 401),
        ([("X-Webhook-Api-Key", "ключ".encode())], 401),
        ([("X-Webhook-Api-Key", NEW), ("X-Webhook-Api-Key", OLD)], 400),
        ([("Authorization", f"Bearer {NEW}")], 401),
    ],
)
async def test_only_who_has_a_key_is_heard(hooked: httpx.AsyncClient, headers: Any, status: int) -> None:
    """A key that is missing, empty, not whole or not alone is refused."""
    answer = await hooked.post(PATH, json={"bucket": "b", "key": "k"}, headers=headers)
    assert answer.status_code == status
    assert NEW not in answer.text


async def test_without_keys_there_is_no_webhook(
    http: httpx.AsyncClient, running_app: FastAPI, settings: Settings
) -> None:
    """A deployment that has given no key says so, whatever is brought."""
    with instead(running_app, settings=having(settings)):
        answer = await http.post(PATH, json={"bucket": "b", "key": "k"}, headers={"X-Webhook-Api-Key": ""})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_webhooks")
