"""An admin's headers, and queues of the tests' own."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import delete

from server.aws.clients import Clients
from server.settings import Settings
from server.unit_of_work import Units
from server.users.models import User
from tests.auth.conftest import Town
from tests.swapping import instead
from tests.tokens import Pool


@dataclass
class Post:
    """A queue under the name `uploads` and the one that its messages die into."""

    clients: Clients
    url: str
    dead: str

    async def send(self, url: str, *bodies: str) -> list[str]:
        """Send messages, and return their ids."""
        sent = [await self.clients.sqs.send_message(QueueUrl=url, MessageBody=body) for body in bodies]
        return [message["MessageId"] for message in sent]


@pytest.fixture
def admin(http: httpx.AsyncClient, pool: Pool) -> httpx.AsyncClient:
    """A client that is an admin."""
    http.headers.update(pool.machine("lectern/admin"))
    return http


@pytest.fixture
async def town(units: Units, running_app: FastAPI) -> Town:
    """The people of one test, and nobody else."""
    async with units.begin() as work:
        await work.session.execute(delete(User))
    return Town(units, running_app.state.gate)


@pytest.fixture
async def post(clients: Clients, running_app: FastAPI, settings: Settings) -> AsyncIterator[Post]:
    """Queues that no worker receives from, in the place of the real ones."""
    name = f"tests-{uuid4()}"
    dead = (await clients.sqs.create_queue(QueueName=f"{name}-dead"))["QueueUrl"]
    described = await clients.sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])
    policy = json.dumps({"deadLetterTargetArn": described["Attributes"]["QueueArn"], "maxReceiveCount": 3})
    url = (await clients.sqs.create_queue(QueueName=name, Attributes={"RedrivePolicy": policy}))["QueueUrl"]
    changed = settings.model_copy(deep=True)
    changed.aws.uploads_queue_url = url
    with instead(running_app, settings=changed):
        yield Post(clients, url, dead)
    for made in (url, dead):
        await clients.sqs.delete_queue(QueueUrl=made)
