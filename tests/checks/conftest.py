"""A deployment that uses all there is, looked at through a door that can deny."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from server.aws.clients import Clients
from server.checks.plan import Checkup
from server.local.backing import Backing
from server.settings import read_settings
from tests.checks.denying import Door, open_door

FOREIGN = "lectern-check-foreign"


@dataclass(frozen=True, slots=True)
class Looked:
    """A checkup, and the door that its calls to AWS go through."""

    checkup: Checkup
    door: Door
    address: str
    environment: dict[str, str]


@pytest.fixture(scope="session")
async def looked(services: Backing, clients: Clients) -> AsyncIterator[Looked]:
    """A checkup of the local services, in which everything that can be used is."""
    aws = services.environment["AWS_ENDPOINT_URL"]
    await clients.s3.create_bucket(Bucket=FOREIGN)
    queue = (await clients.sqs.create_queue(QueueName=FOREIGN))["QueueUrl"]
    async with open_door(aws) as (door, address):
        given = services.environment | {
            "AWS_ENDPOINT_URL": address,
            "CALLBACK_QUEUES": queue,
            "GOOGLE_CLIENT_ID": "us",
            "GOOGLE_JWKS_URL": services.environment["COGNITO_JWKS_URL"],
            "OUTBOUND_ALLOWED_HOSTS": "127.0.0.1",
            "PREPROCESSING": "queue",
            "PREPROCESSING_BUCKETS": f"{services.environment['RAW_BUCKET']},{FOREIGN}",
            "PREPROCESSING_CONSUME": "true",
            "WIKIPEDIA_URL": aws + "/{edition}",
        }
        async with Checkup.opened(read_settings(given)) as checkup:
            yield Looked(checkup, door, address, given)
    await clients.s3.delete_bucket(Bucket=FOREIGN)
    await clients.sqs.delete_queue(QueueUrl=queue)
