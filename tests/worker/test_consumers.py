"""From an S3 event to a task."""

import json

import httpx
import pytest
from sqlalchemy import func, select

from server.mails import events as mail_events
from server.settings import Settings
from server.tasks.models import Kind, Task
from server.transcription import events as job_events
from server.unit_of_work import Units
from server.uploads.events import NotUnderstood
from server.users import service as users
from server.users.models import User
from server.worker.consumers import database_answers, take_in_job_event, take_in_mail_event, take_in_s3_event
from tests.auth.conftest import claimed
from tests.mails.test_events import BOUNCE
from tests.mails.test_events import event as mail_event
from tests.tokens import Pool
from tests.transcription.test_events import event as job_event
from tests.uploads.test_events import record


async def begun_key(http: httpx.AsyncClient, pool: Pool) -> tuple[str, str]:
    """Begin an upload and return its id and key."""
    wish = {"filename": "a.wav", "content_type": "audio/wav", "size": 3}
    session = (await http.post("/uploads", json=wish, headers=pool.person())).json()
    return session["id"], session["fields"]["key"]


async def test_event_that_comes_three_times_makes_one_task(
    http: httpx.AsyncClient, pool: Pool, units: Units, settings: Settings
) -> None:
    """S3 may tell of one object more than once; it is taken in once."""
    upload_id, key = await begun_key(http, pool)
    event = record(key)
    event["s3"] = {"bucket": {"name": settings.aws.raw_bucket}, "object": {"key": key}}
    for _ in range(3):
        await take_in_s3_event(units, json.dumps({"Records": [event, event]}), 0.0)
    async with units.begin() as work:
        count = select(func.count()).where(Task.subject_id == upload_id, Task.kind == Kind.INTAKE)
        assert await work.session.scalar(count) == 1


async def test_object_that_nobody_waits_for_is_passed_over(units: Units) -> None:
    """News of a foreign object is no error: the message is done with."""
    await take_in_s3_event(units, json.dumps({"Records": [record("someone/elses/object")]}), 0.0)
    async with units.begin() as work:
        assert await work.session.scalar(select(func.count()).select_from(Task)) == 0


async def test_nonsense_is_left_for_the_dead_letters(units: Units) -> None:
    """What can't be understood raises, so that its message stays in the queue."""
    with pytest.raises(NotUnderstood):
        await take_in_s3_event(units, "nonsense", 0.0)


async def test_news_of_anothers_job_is_passed_over(units: Units) -> None:
    """Other users of the account have Transcribe jobs, too: their messages are done with."""
    await take_in_job_event(units, job_event(), 0.0)
    async with units.begin() as work:
        assert await work.session.scalar(select(func.count()).select_from(Task)) == 0


async def test_nonsense_among_the_news_of_jobs_is_left_for_the_dead_letters(units: Units) -> None:
    """What can't be understood raises, so that its message stays in the queue."""
    with pytest.raises(job_events.NotUnderstood):
        await take_in_job_event(units, json.dumps({"Records": [record()]}), 0.0)


async def test_address_that_refuses_mail_is_noted(units: Units) -> None:
    """News of a mail that came back stands on its reader's account, however often it comes; nonsense is left."""
    async with units.begin() as work:
        ada = await users.recognise(work, claimed("ada@example.com"))
    for _ in range(2):
        await take_in_mail_event(units, mail_event("Bounce", bounce=BOUNCE), 0.0)
    async with units.begin() as work:
        assert await work.session.scalar(select(User.mail_refused_reason).where(User.id == ada.id)) == "bounced"
    with pytest.raises(mail_events.NotUnderstood):
        await take_in_mail_event(units, "{}", 0.0)


async def test_database_is_asked_before_anything_is_received(units: Units) -> None:
    """A database that answers can take news in."""
    assert await database_answers(units)
