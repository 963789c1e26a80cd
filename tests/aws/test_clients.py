"""Where the services of AWS are looked for."""

import pytest

from server.aws.clients import open_clients
from server.configuration.services import Aws


@pytest.mark.parametrize(
    ("public", "seen"), [(None, "http://store.example"), ("https://files.example", "https://files.example")]
)
async def test_each_service_may_be_another_address(public: str | None, seen: str) -> None:
    """The address of S3 or SQS alone goes before that of all; browsers are told S3's, unless they see another."""
    settings = Aws(
        raw_bucket="raw",
        processed_bucket="processed",
        content_bucket="content",
        uploads_queue_url="http://queues.example/1/uploads",
        endpoint_url="http://all.example",
        s3_endpoint_url="http://store.example",
        sqs_endpoint_url="http://queues.example",
        s3_public_endpoint_url=public,
    )
    async with open_clients(settings) as clients:
        found = [
            client.meta.endpoint_url for client in (clients.s3, clients.s3_public, clients.sqs, clients.transcribe)
        ]
    assert found == ["http://store.example", seen, "http://queues.example", "http://all.example"]
