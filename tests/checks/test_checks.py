"""What a check of the real local services finds when one thing is taken away."""

import asyncio
from dataclasses import replace
from io import StringIO
from unittest.mock import ANY

import pytest
from rich.console import Console

from server.aws.clients import Clients
from server.aws.store import Store
from server.checks.findings import Finding, State, Subject, Trial, try_all
from server.checks.permissions import PERMISSIONS, QUEUES, Action, Permission, Resource, Service
from server.checks.places import SOURCES, places
from server.checks.plan import Checkup
from server.checks.report import as_json, as_table
from server.configuration.mailing import Mailing
from server.configuration.services import Aws
from server.settings import Settings, read_settings
from tests.checks.conftest import FOREIGN, Looked
from tests.checks.denying import Asked

EVERYONE = list(Service)
NOBODY = "127.0.0.1:1"
DEAD = f"http://{NOBODY}"
OF_AWS = {field.alias for group in (Aws, Mailing) for field in group.model_fields.values()}
"""Settings that calls to AWS may go elsewhere by."""
UNTRIABLE = Action.PURGE_QUEUE
"""What can't be tried without doing it."""


def failing(findings: list[Finding]) -> dict[str, str]:
    """Return what fails, with what is to be done about it."""
    return {str(one.subject): one.remedy for one in findings if one.state is State.FAILING}


@pytest.fixture(scope="session")
async def asking(looked: Looked) -> list[tuple[Trial, set[Asked]]]:
    """Every trial, with what it asks of AWS."""
    asked = []
    for trial in looked.checkup.trials(EVERYONE):
        looked.door.seen.clear()
        await try_all([trial])
        asked.append((trial, set(looked.door.seen)))
    return asked


def asked_of(permission: Permission, settings: Settings) -> tuple[str, Asked]:
    """Return what a permission lets be asked, and how people know the thing."""
    [place] = [
        place for place in places(permission.resource, settings) if place.address != settings.aws.raw_bucket
    ] or (places(permission.resource, settings))
    if permission.resource in {Resource.TRANSCRIPTION_JOBS, Resource.MAIL}:
        return place.name, Asked(permission.action)
    name = place.address.rpartition("/")[2]
    if permission.resource in SOURCES:
        name = f"{name.removesuffix('-queue')}-dead-letters"
    return place.name, Asked(permission.action, name)


async def test_everything_is_tried_and_well(looked: Looked) -> None:
    """With nothing taken away all is well; only what would do harm is not tried, and it is said."""
    findings = await looked.checkup.findings(EVERYONE)
    assert failing(findings) == {}
    untried = {str(one.subject) for one in findings if one.state is State.UNTRIED}
    assert untried == {f"{places(dead, looked.checkup.settings)[0].name}: {UNTRIABLE}" for dead in QUEUES.values()}


@pytest.mark.parametrize(
    "permission",
    [one for one in dict.fromkeys(replace(p, service=Service.API) for p in PERMISSIONS) if one.action is not UNTRIABLE],
    ids=lambda one: f"{one.resource}-{one.action}",
)
async def test_one_permission_is_missed(
    looked: Looked, asking: list[tuple[Trial, set[Asked]]], permission: Permission
) -> None:
    """Of all that asks for what is denied, just that permission is named, with the words for the role."""
    name, asked = asked_of(permission, looked.checkup.settings)
    touched = [trial for trial, seen in asking if asked in seen]
    with looked.door.denying(asked):
        found = failing(await try_all(touched))
    assert list(found) == [f"{name}: {permission.action}"]
    assert found[f"{name}: {permission.action}"].startswith(f"Allow {permission.action} on ")


@pytest.mark.parametrize(
    ("service", "named"),
    [("s3", "S3"), ("sqs", "SQS"), ("transcribe", "Amazon Transcribe"), ("ses", "SES"), ("cognito", "Cognito")],
)
async def test_one_service_of_aws_is_missed(looked: Looked, service: str, named: str) -> None:
    """A service that is down is named once, and not by all that is asked of it."""
    with looked.door.without(service):
        assert list(failing(await looked.checkup.findings(EVERYONE))) == [f"{named}: answers"]


@pytest.mark.parametrize(
    ("service", "changed", "named"),
    [
        ("api", {"DB_CONNECTION_STR": f"postgresql+asyncpg://us:them@{NOBODY}/db"}, "Postgres: answers"),
        ("whisper", {"VALKEY_URL": f"redis://{NOBODY}"}, "Valkey: answers"),
        ("whisper", {"VALKEY_URL": "redis://us:them@{valkey}"}, "Valkey: answers"),
        ("api", {"COGNITO_JWKS_URL": DEAD}, "COGNITO_ISSUER: keys"),
        ("api", {"COGNITO_JWKS_URL": "{aws}/_ministack/health"}, "COGNITO_ISSUER: keys"),
        ("api", {"COGNITO_CLIENT_IDS": "somebodyelse"}, "COGNITO_CLIENT_IDS: is known"),
        ("api", {"COGNITO_DOMAIN": DEAD}, "COGNITO_DOMAIN: answers"),
        ("api", {"GOOGLE_JWKS_URL": DEAD}, "GOOGLE_JWKS_URL: keys"),
        ("api", {"WIKIPEDIA_URL": f"{DEAD}/{{edition}}"}, "outbound: answers"),
        ("api", {"OUTBOUND_ALLOWED_HOSTS": "elsewhere.example"}, "outbound: answers"),
        ("api", {"WEB_CLIENT_FOLDER": "nowhere"}, "WEB_CLIENT_FOLDER: is built"),
        ("whisper", {"FFMPEG": "nowhere"}, "FFMPEG: runs"),
        ("whisper", {"WORK_FOLDER": "/proc/nowhere"}, "WORK_FOLDER: has room"),
        ("whisper", {"WORK_DISK_MB": "999999999"}, "WORK_FOLDER: has room"),
        ("whisper", {"WHISPER_MODEL": "nobody/has-this"}, "WHISPER_MODEL: is here"),
        ("whisper", {"PROCESSED_BUCKET": "nobody-has-this"}, "PROCESSED_BUCKET: is there"),
        ("worker", {"MAIL_EVENTS_QUEUE_URL": "{aws}/000000000000/nowhere"}, "MAIL_EVENTS_QUEUE_URL: is there"),
        ("api", {"MAIL_EVENTS_QUEUE_URL": "{aws}/000000000000/" + FOREIGN}, "MAIL_EVENTS_QUEUE_URL: dead letters"),
        ("worker", {"UPLOADS_QUEUE_URL": "{aws}/000000000000/" + FOREIGN}, "RAW_BUCKET: tells of uploads"),
        ("worker", {"MAIL_FROM": "nobody@nowhere.example"}, "MAIL_FROM: is verified"),
    ],
)
async def test_one_thing_is_missed(looked: Looked, service: str, changed: dict[str, str], named: str) -> None:
    """What isn't there, or is another than was meant, is named by itself, with what to do."""
    given = looked.environment
    here = {"aws": looked.address, "valkey": given["VALKEY_URL"].rpartition("@")[2], "edition": "{edition}"}
    settings = read_settings(given | {name: value.format(**here) for name, value in changed.items()})
    trials = replace(looked.checkup, settings=settings).trials([Service(service)])
    is_of_aws = not OF_AWS.isdisjoint(changed)
    found = failing(await try_all(trial for trial in trials if is_of_aws or trial.subject.what not in set(Action)))
    assert list(found) == [named]
    assert found[named]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"S3_PUBLIC_ENDPOINT_URL": DEAD}, {"S3_PUBLIC_ENDPOINT_URL: answers"}),
        ({"AWS_ENDPOINT_URL_SQS": DEAD}, {"SQS: answers"}),
    ],
)
async def test_the_way_to_aws_is_missed(looked: Looked, changed: dict[str, str], named: set[str]) -> None:
    """Wrong addresses are named once."""
    async with Checkup.opened(read_settings(looked.environment | changed)) as checkup:
        assert failing(await checkup.findings([Service.API])).keys() == named


async def test_credentials_are_unknown(looked: Looked) -> None:
    """A key that no service knows is named once, and not by all that can't be done with it."""
    looked.door.knows_us = False
    found = failing(await looked.checkup.findings(EVERYONE))
    looked.door.knows_us = True
    assert list(found) == ["AWS: credentials"]


async def test_pages_and_clock(looked: Looked) -> None:
    """Buckets that let other pages in than ours are named each; so is a clock that is off."""
    elsewhere = replace(
        looked.checkup, settings=read_settings(looked.environment | {"PUBLIC_URL": "https://x.example"})
    )
    looked.door.date = "Sun, 06 Nov 1994 08:49:37 GMT"
    found = failing(await elsewhere.findings([Service.API]))
    looked.door.date = ""
    buckets = ("RAW_BUCKET", "PROCESSED_BUCKET", "CONTENT_STORAGE_S3_BUCKET")
    assert found.keys() == {"clock: agrees with AWS", *(f"{bucket}: lets pages in" for bucket in buckets)}


async def test_nothing_is_left_behind(looked: Looked, clients: Clients, store: Store) -> None:
    """A waiting message is not received, no object is written, no job is started."""
    aws = looked.checkup.settings.aws
    await clients.sqs.send_message(QueueUrl=aws.uploads_queue_url, MessageBody="waiting")
    jobs = await clients.transcribe.list_transcription_jobs()
    await looked.checkup.findings(EVERYONE)
    received = await clients.sqs.receive_message(
        QueueUrl=aws.uploads_queue_url, MessageSystemAttributeNames=["ApproximateReceiveCount"]
    )
    await clients.sqs.purge_queue(QueueUrl=aws.uploads_queue_url)
    assert [one["Attributes"]["ApproximateReceiveCount"] for one in received["Messages"]] == ["1"]
    for bucket in (aws.raw_bucket, aws.processed_bucket, aws.content_bucket, FOREIGN):
        keys = [listed.address.key async for page in store.pages(bucket) for listed in page]
        assert not [key for key in keys if key.endswith(".check")]
    assert await clients.transcribe.list_transcription_jobs() == jobs | {"ResponseMetadata": ANY}


async def test_each_process_has_its_own(looked: Looked) -> None:
    """A process is only asked for what it needs, and what is named to be passed over is."""
    found = await looked.checkup.findings([Service.WHISPER], without=["FFMPEG"])
    assert {one.subject.about for one in found} == {
        "Postgres", "Valkey", "clock", "PROCESSED_BUCKET", "WORK_FOLDER", "WHISPER_MODEL"
    }  # fmt: skip


async def test_no_secret_is_told(looked: Looked) -> None:
    """Neither form of the report holds a secret, whatever fails."""
    secrets = {
        "DB_CONNECTION_STR": f"postgresql+asyncpg://us:s3cr3t@{NOBODY}/db",
        "VALKEY_URL": f"redis://:s3cr3t@{NOBODY}",
    }
    settings = read_settings(looked.environment | secrets)
    found = await replace(looked.checkup, settings=settings).findings(EVERYONE)
    shown = Console(file=StringIO(), width=200)
    shown.print(as_table(found))
    assert isinstance(shown.file, StringIO)
    for report in (as_json(found), shown.file.getvalue()):
        assert "Postgres" in report
        kept = [settings.auth.access_token_secret_keys[0], settings.aws.secret_access_key]
        assert not [
            secret for secret in ("s3cr3t", *(one.get_secret_value() for one in kept if one)) if secret in report
        ]


def test_names_are_whole_in_a_narrow_window() -> None:
    """What is to be set or allowed is folded where there is no room for it, never cut short."""
    name, action = "dead letters of TRANSCRIBE_EVENTS_QUEUE_URL", str(Action.CHANGE_VISIBILITY)
    shown = Console(file=StringIO(), width=60)
    shown.print(as_table([Finding(Subject(name, action), State.FAILING, "denied", f"Allow {action}.")]))
    assert isinstance(shown.file, StringIO)
    assert "…" not in shown.file.getvalue()


async def test_what_hangs_is_named() -> None:
    """Who doesn't answer in time, and what nobody foresaw, is told without the text of somebody else's error."""

    async def hangs() -> str:
        await asyncio.sleep(60)
        return ""

    async def breaks() -> str:
        raise LookupError("postgresql://us:s3cr3t@db")

    found = await try_all([Trial(Subject("one", "answers"), hangs), Trial(Subject("two", "answers"), breaks)], 0.01)
    assert [(one.state, one.says) for one in found] == [
        (State.FAILING, "no answer within 0.01 seconds"),
        (State.FAILING, "LookupError"),
    ]
