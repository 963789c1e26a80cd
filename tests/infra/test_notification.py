"""The function that tells the webhook of uploads: as the template has it, on an AWS, and by itself."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import aioboto3
import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import select

from server.local import aws
from server.local.backing import CHECKOUT, TEMPLATE, Options
from server.local.deployment import CONFIG, deploy
from server.local.ports import Ports, choose
from server.local.supervisor import supervisor
from server.local.wishes import Wish
from server.settings import Settings
from server.tasks.models import Kind, Task
from server.unit_of_work import Units
from tests.outbound.serving import Answer, serving
from tests.swapping import instead
from tests.tokens import Pool

HANDLER = CHECKOUT / "infra/notification/handler.py"
KEY = "key-that-only-the-function-has"
SECRET = "secret-of-the-account-itself"
PATH = "/api/v1/webhooks/upload-notification"


def load() -> ModuleType:
    """Load the handler as Lambda does: by itself."""
    spec = spec_from_file_location("index", HANDLER)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_template_has_the_handler() -> None:
    """What the template brings to AWS is the file to the letter, and within the 4,096 characters that it may have."""
    code = HANDLER.read_text()
    indented = "".join(f"          {line}" if line.strip() else line for line in code.splitlines(keepends=True))
    assert f"        ZipFile: |\n{indented}\n" in TEMPLATE.read_text()
    assert len(code) <= 4096


@pytest.mark.parametrize(
    ("statuses", "asked"),
    [([200], 1), ([503, 429, 200], 3), ([500, 500, 500], 3), ([401], 1), ([307], 1)],
)
async def test_what_may_pass_is_tried_again(monkeypatch: pytest.MonkeyPatch, statuses: list[int], asked: int) -> None:
    """A webhook that is busy is asked three times; one that refuses, or sends elsewhere, is asked once."""
    handler = load()
    monkeypatch.setattr(handler, "PAUSES", (0.01, 0.01))
    left = iter(statuses)

    def answer(_: str) -> Answer:
        return next(left), {"Location": "http://169.254.169.254/"}, b'{"accepted": 1}'

    async with serving(answer) as site:
        monkeypatch.setenv("NOTIFICATION_URL", f"{site.url()}{PATH}")
        monkeypatch.setenv("NOTIFICATION_KEY", KEY)
        telling = asyncio.to_thread(handler.handle, {"Records": []}, None)
        if statuses[-1] == 200:
            assert await telling == {"accepted": 1}
        else:
            with pytest.raises(handler.NotTold, match=str(statuses[-1])):
                await telling
    assert len(site.requests) == asked
    assert all(f"x-webhook-api-key: {KEY}" in request.lower() for request in site.requests)
    assert {*site.bodies} == {b'{"Records": []}'}


@pytest.fixture
async def served(
    http: httpx.AsyncClient, running_app: FastAPI, separate_units: Units, settings: Settings
) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    """A client of the application, whose webhooks have a key, and where it answers others."""
    auth = settings.auth.model_copy(update={"webhook_keys": [SecretStr(KEY)]})
    server = uvicorn.Server(uvicorn.Config(running_app, lifespan="off", ws="none", log_config=None))
    listener = socket.create_server(("127.0.0.1", 0))
    with instead(running_app, units=separate_units, settings=settings.model_copy(update={"auth": auth})):
        serving = asyncio.create_task(server.serve([listener]))
        yield http, f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await serving


@pytest.fixture
async def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[str], Any]]:
    """Clients, by the name of the service, of an AWS of the test's own that runs functions, too."""
    monkeypatch.setattr(aws, "SERVICES", (*aws.SERVICES, "iam", "lambda", "secretsmanager", "logs"))
    port = choose(Ports(), tmp_path / "ports.json").aws
    session = aioboto3.Session(aws.access_key_id(SECRET), SECRET, region_name=aws.REGION)
    async with supervisor(tmp_path / "logs", lambda _: None) as supervising:
        await aws.start(supervising, tmp_path / "aws", port, Options().aws_python, SECRET)
        yield partial(session.client, endpoint_url=aws.address(port), config=CONFIG)


async def test_upload_is_told_by_the_function(
    served: tuple[httpx.AsyncClient, str],
    account: Callable[[str], Any],
    pool: Pool,
    separate_units: Units,
    settings: Settings,
) -> None:
    """The template makes it, S3 calls it, it reads its key, and the real webhook takes the upload in."""
    http, address = served
    wish = {"filename": "a.wav", "content_type": "audio/wav", "size": 3}
    upload = (await http.post("/uploads", json=wish, headers=pool.person())).json()
    async with account("secretsmanager") as secrets, account("s3") as s3:
        await secrets.create_secret(Name="webhook-key", SecretString=KEY)
        await deploy(_wish(s3.meta.endpoint_url, f"{address}{PATH}"))
        await s3.put_object(Bucket=settings.aws.raw_bucket, Key=upload["fields"]["key"], Body=b"abc")
        async with asyncio.timeout(20):
            while not await _is_taken_in(separate_units, UUID(upload["id"])):
                await asyncio.sleep(0.05)


def _wish(endpoint_url: str, notification_url: str) -> Wish:
    parameters = {
        "WebOrigins": "http://127.0.0.1",
        "CallbackUrls": "http://127.0.0.1/callback",
        "LogoutUrls": "http://127.0.0.1/",
        "NeedTls": "false",
        "Services": "false",
        "NotificationUrl": notification_url,
        "NotificationKeySecret": "webhook-key",
    }
    return Wish(
        endpoint_url,
        aws.REGION,
        aws.access_key_id(SECRET),
        SECRET,
        TEMPLATE.read_text(),
        parameters,
        [],
        "lectern@example.com",
    )


async def _is_taken_in(units: Units, upload_id: UUID) -> bool:
    async with units.begin() as work:
        found = select(Task.id).where(Task.subject_id == upload_id, Task.kind == Kind.INTAKE)
        return (await work.session.execute(found)).first() is not None
