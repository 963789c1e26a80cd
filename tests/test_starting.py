"""Processes that can't begin with their settings say so, in a line for each, and end."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from server import application
from server.checks import __main__ as checks
from server.configuration.reading import SettingsWrong, start_group
from server.configuration.services import Database
from server.local.errors import SettingsRefused
from server.local.stack import check_settings
from server.reference import groups
from server.settings import get_settings, read_settings
from server.worker import passes
from server.worker import settings as worker

RIGHT = {
    "DB_CONNECTION_STR": "postgresql+asyncpg://us:them@db/lectern",
    "VALKEY_URL": "rediss://:us@valkey:6379/0",
    "RAW_BUCKET": "our-raw",
    "PROCESSED_BUCKET": "our-processed",
    "CONTENT_STORAGE_S3_BUCKET": "our-content",
    "UPLOADS_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/000000000000/uploads",
    "COGNITO_ISSUER": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool",
    "COGNITO_CLIENT_IDS": "web",
    "ACCESS_TOKEN_SECRET_KEY": "s" * 32,
}
ELSEWHERE = "https://elsewhere.example"
QUEUE = f"{ELSEWHERE}/000000000000/queue"
SECRET = "hush" * 8

WRONG = {
    # One of them is not what it has to be.
    "DB_CONNECTION_STR": {"DB_CONNECTION_STR": "postgres://us:hushhush@db/lectern"},
    "VALKEY_URL": {"VALKEY_URL": "https://us:hushhush@valkey"},
    "LOG_LEVEL": {"LOG_LEVEL": "loud"},
    "LOG_FORMAT": {"LOG_FORMAT": "xml"},
    "PUBLIC_URL": {"PUBLIC_URL": f"{ELSEWHERE}/lectern"},
    "CORS_ORIGINS": {"CORS_ORIGINS": f"*,{ELSEWHERE}/"},
    "AWS_ENDPOINT_URL": {"AWS_ENDPOINT_URL": "localhost:4566"},
    "AWS_ENDPOINT_URL_SQS": {"AWS_ENDPOINT_URL_SQS": "http://localhost:queues"},
    "S3_PUBLIC_ENDPOINT_URL": {"S3_PUBLIC_ENDPOINT_URL": "//s3"},
    "RAW_BUCKET": {"RAW_BUCKET": "s3://our-raw"},
    "UPLOADS_QUEUE_URL": {"UPLOADS_QUEUE_URL": "arn:aws:sqs:us-east-1:000000000000:uploads"},
    "COGNITO_ISSUER": {"COGNITO_ISSUER": "cognito-idp.us-east-1.amazonaws.com"},
    "COGNITO_CLIENT_IDS": {"COGNITO_CLIENT_IDS": ","},
    "COGNITO_DOMAIN": {"COGNITO_DOMAIN": "lectern.auth.us-east-1.amazoncognito.com"},
    "ACCESS_TOKEN_SECRET_KEY": {"ACCESS_TOKEN_SECRET_KEY": "hushhush"},
    "DELEGATED_IDENTITY_SECRET_KEY": {"DELEGATED_IDENTITY_SECRET_KEY": "tool:hushhush"},
    "WEBHOOK_API_KEY": {"WEBHOOK_API_KEY": "hushhush"},
    "QUOTA_MB": {"QUOTA_MB": "teacher=100"},
    "QUOTA_MINUTES": {"QUOTA_MINUTES": "speaker=many"},
    "TRANSCRIPTION_ENGINE": {"TRANSCRIPTION_ENGINE": "ears"},
    "WIKIPEDIA_URL": {"WIKIPEDIA_URL": "https://en.wikipedia.org"},
    "CALLBACK_QUEUES": {"CALLBACK_QUEUES": "lectern-callbacks"},
    "MAIL_FROM": {"MAIL_FROM": "Lectern"},
    "EXPORT_KEEP_DAYS": {"EXPORT_KEEP_DAYS": "31"},
    # Two of them contradict each other.
    "RAW_BUCKET and PROCESSED_BUCKET name": {"PROCESSED_BUCKET": "our-raw"},
    "UPLOADS_QUEUE_URL and MAIL_EVENTS_QUEUE_URL name": {"MAIL_EVENTS_QUEUE_URL": RIGHT["UPLOADS_QUEUE_URL"]},
    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY go": {"AWS_SECRET_ACCESS_KEY": SECRET},
    "MEDIA_URL without": {"MEDIA_URL": ELSEWHERE},
    "TRANSCRIPTION_ENGINE=aws": {"TRANSCRIPTION_ENGINE": "aws", "TRANSCRIPTION_ENGINES": "whisper"},
    "TRANSCRIPTION_FALLBACK": {"TRANSCRIPTION_FALLBACK": "whisper"},
    "AGREEMENT_URL": {"AGREEMENT_URL": ELSEWHERE},
    "MAIL_REPLY_TO": {"MAIL_REPLY_TO": "us@example.org"},
    "PREPROCESSING=queue": {"PREPROCESSING": "queue", "PREPROCESSING_QUEUE_URL": QUEUE},
    "PREPROCESSING_CONSUME=true": {"PREPROCESSING_CONSUME": "true"},
    "PUBLIC_URL is https": {"PUBLIC_URL": ELSEWHERE, "S3_PUBLIC_ENDPOINT_URL": "http://s3.example"},
    "PUBLIC_URL is https and the address of S3": {"PUBLIC_URL": ELSEWHERE, "AWS_ENDPOINT_URL": "http://s3.example"},
    "QUALITY_MIN_SECONDS_PER_CHARACTER": {"QUALITY_MIN_SECONDS_PER_CHARACTER": "1"},
}
"""What a line begins with, by what brings it about."""


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment in which nothing of ours is set."""
    monkeypatch.chdir(tmp_path)
    for group in groups():
        for field in group.model_fields.values():
            monkeypatch.delenv(field.alias or "", raising=False)


@pytest.mark.parametrize(("begins", "changed"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_is_named(begins: str, changed: dict[str, str]) -> None:
    """Each thing that is wrong brings one line, which names it, says what to do, and shows nothing secret."""
    with pytest.raises(SettingsWrong) as wrong:
        read_settings(RIGHT | changed)
    [line] = wrong.value.lines
    assert line.startswith(begins)
    assert line.count(". ") + line.count(": ") >= 1
    assert "hushhush" not in line


def test_right_ones_are_taken() -> None:
    """What is required is enough, and what only looks like a contradiction is none."""
    read_settings(RIGHT)
    read_settings(RIGHT | {"PUBLIC_URL": f"{ELSEWHERE}/", "S3_PUBLIC_ENDPOINT_URL": "http://127.0.0.1:4566"})
    read_settings(RIGHT | {"DELEGATED_IDENTITY_SECRET_KEY": f"a:{SECRET}@10.0.0.0/8@fd00::/8,{SECRET}"})


@pytest.mark.parametrize(
    "start",
    [
        partial(getattr, application, "app"),
        partial(getattr, worker, "WorkerSettings"),
        partial(getattr, worker, "WhisperWorkerSettings"),
        checks.main,
        passes.main,
    ],
)
def test_all_that_is_missing_is_named_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], start: Callable[[], object]
) -> None:
    """A process without its settings ends at once with status 2 and all their names, of whatever group they are."""
    monkeypatch.setattr("sys.argv", ["lectern", "publish"] if start is passes.main else ["lectern"])
    monkeypatch.setenv("MAIL_FROM", "Lectern")
    get_settings.cache_clear()
    with pytest.raises(SystemExit) as ended:
        start()
    assert ended.value.code == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" ")[0] for line in lines] == [*RIGHT, "MAIL_FROM"]


def test_migrations_need_the_database_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever only migrates is asked for the database, and for nothing else."""
    with pytest.raises(SystemExit, match="2"):
        start_group(Database)
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("DB_CONNECTION_STR is missing. Set it: Postgres 15 or later")


@pytest.mark.parametrize(
    ("start", "changed", "says"),
    [
        (application, {"WHISPER_MODEL": "/one/model", "WHISPER_OTHER_MODELS": "/two/model"}, "Two speech models"),
        (worker, {"WHISPER_MODEL": "/one/model", "WHISPER_OTHER_MODELS": "/two/model"}, "Two speech models"),
        (worker, {"FFMPEG": "nowhere"}, "FFMPEG names 'nowhere'"),
    ],
)
def test_what_is_named_on_this_machine_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    start: ModuleType,
    changed: dict[str, str],
    says: str,
) -> None:
    """Models that can't be told apart, and a program that isn't there, end a process just so."""
    for name, value in (RIGHT | changed).items():
        monkeypatch.setenv(name, value)
    get_settings.cache_clear()
    with pytest.raises(SystemExit, match="2"):
        getattr(start, "app" if start is application else "WorkerSettings")
    get_settings.cache_clear()
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(says)


def test_stack_ends_before_its_processes_do() -> None:
    """The local stack doesn't start, again and again, what would end at once."""
    with pytest.raises(SettingsRefused, match="LOG_LEVEL is wrong") as refused:
        check_settings(RIGHT | {"LOG_LEVEL": "loud"})
    assert refused.value.status == 2
