"""What our processes are told."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from server.local import aws
from server.local.credentials import Credentials, load
from server.local.environment import GENEROUS, of_processes, surroundings
from server.local.ports import Ports
from server.local.wishes import Deployment

OUTPUTS = {
    "RawBucket": "raw",
    "ProcessedBucket": "processed",
    "ContentBucket": "content",
    "UploadsQueueUrl": "http://127.0.0.1:2/000000000000/uploads",
    "TranscribeEventsQueueUrl": "http://127.0.0.1/transcribe-events",
    "MailEventsQueueUrl": "http://127.0.0.1/mail-events",
    "PreprocessingQueueUrl": "http://127.0.0.1/audio-preprocessing-queue",
    "MailConfigurationSet": "lectern",
    "Issuer": "https://issuer.example/pool",
    "UserPoolId": "pool",
    "WebClientId": "web",
    "ResourceServer": "lectern",
}


def told(user: dict[str, str]) -> dict[str, str]:
    """Return what a process is told when the user has set this."""
    deployment = Deployment(OUTPUTS, "machine", "secret", {}, changed=False)
    return of_processes(user, Path("/data"), Ports(1, 2, 3, 4), Credentials(), deployment)


def test_users_choice_wins() -> None:
    """What the user has set is passed on, in the place of a default too."""
    given = told({"TASK_LEASE_SECONDS": "3", "LOG_FORMAT": "json"})
    assert (given["TASK_LEASE_SECONDS"], given["LOG_FORMAT"]) == ("3", "json")
    assert told({"LOG_FORMAT": ""})["LOG_FORMAT"] == "console"


def test_limits_are_generous_unless_the_user_says_more() -> None:
    """Everything on one machine comes from one address; who wants to see the limits of a real deployment can."""
    assert told({})["RATE_LIMIT_PER_ADDRESS"] == GENEROUS["RATE_LIMIT_PER_ADDRESS"]
    assert told({"RATE_LIMIT_PER_ADDRESS": "7"})["RATE_LIMIT_PER_ADDRESS"] == "7"


def test_addresses_are_the_stacks() -> None:
    """A database or account of another place, left in the environment, is not touched by the local stack."""
    given = told({"DB_CONNECTION_STR": "postgresql+asyncpg://production/lectern", "AWS_ACCESS_KEY_ID": "real"})
    assert "@127.0.0.1:3/lectern" in given["DB_CONNECTION_STR"]
    assert given["AWS_ACCESS_KEY_ID"] == aws.access_key_id(given["AWS_SECRET_ACCESS_KEY"])


def test_no_proxy_between_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy is for the outside; what the user has exempted stays so."""
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    given = told(surroundings())
    assert given["NO_PROXY"] == given["no_proxy"] == "intranet.example,127.0.0.1,localhost"


def test_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`.env` counts where the environment says nothing; an AWS profile would lead elsewhere and is left out."""
    (tmp_path / ".env").write_text("LECTERN_A=file\nLECTERN_B=file\nLECTERN_C=\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LECTERN_A", "environment")
    monkeypatch.setenv("AWS_PROFILE", "work")
    found = surroundings()
    assert {name: found.get(name) for name in ("LECTERN_A", "LECTERN_B", "LECTERN_C", "AWS_PROFILE")} == {
        "LECTERN_A": "environment",
        "LECTERN_B": "file",
        "LECTERN_C": None,
        "AWS_PROFILE": None,
    }


def test_credentials_are_made_once(tmp_path: Path) -> None:
    """Secrets stay the same, differ from each other, and only their owner may read them."""
    file = tmp_path / "credentials.json"
    first = load(file)
    assert load(file) == first
    assert first.postgres != first.valkey
    assert file.stat().st_mode & 0o777 == 0o600


def test_credentials_that_an_older_folder_lacks_are_made_once_too(tmp_path: Path) -> None:
    """A folder of before there were webhooks gets a key for them that stays; the other secrets are as they were."""
    file = tmp_path / "credentials.json"
    older = asdict(load(file))
    del older["webhook_key"]
    file.write_text(json.dumps(older))
    upgraded = load(file)
    assert asdict(upgraded).items() > older.items()
    assert load(file) == upgraded
