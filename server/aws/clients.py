"""AWS clients, made once a process and kept: making one costs milliseconds, using one microseconds."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aioboto3
from aiobotocore.config import AioConfig

from server.aws.edge import Edge
from server.configuration.services import Aws

if TYPE_CHECKING:
    from types_aiobotocore_cognito_idp import CognitoIdentityProviderClient
    from types_aiobotocore_s3 import S3Client
    from types_aiobotocore_ses import SESClient
    from types_aiobotocore_sqs import SQSClient
    from types_aiobotocore_transcribe import TranscribeServiceClient

LONG_POLL_SECONDS = 20
PATIENT = AioConfig(
    signature_version="s3v4",  # SigV2, the default of presigning, signs neither size nor type
    connect_timeout=5,
    read_timeout=LONG_POLL_SECONDS + 10,
    retries={"mode": "standard", "max_attempts": 4},  # exponential backoff with jitter
    max_pool_connections=50,
    s3={"addressing_style": "path"},
)
"""For workers: whatever is missed has to be done again."""
HASTY = PATIENT.merge(AioConfig(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "max_attempts": 2}))
"""For requests: somebody waits, and a connection to the database is held meanwhile."""

PROMPT = AioConfig(retries={"mode": "standard", "max_attempts": 2})
"""Where being refused for want of room is usual: a task waits for it better than a worker."""
ONCE = AioConfig(retries={"mode": "standard", "total_max_attempts": 1})
"""Where nothing tells that something was asked twice: a mail would come twice."""


@dataclass(frozen=True, slots=True)
class Clients:
    """One client of each service; `s3_public` signs addresses for those outside, and `edge`, if any, some of them."""

    s3: "S3Client"
    s3_public: "S3Client"
    sqs: "SQSClient"
    transcribe: "TranscribeServiceClient"
    cognito: "CognitoIdentityProviderClient"
    ses: "SESClient"
    edge: Edge | None


@asynccontextmanager
async def open_clients(settings: Aws, config: AioConfig = PATIENT) -> AsyncIterator[Clients]:
    """Keep clients for as long as the context lasts."""
    secret = settings.secret_access_key
    session = aioboto3.Session(
        aws_access_key_id=settings.access_key_id,
        aws_secret_access_key=secret.get_secret_value() if secret else None,
        region_name=settings.region,
    )
    sqs_address = settings.sqs_endpoint_url or settings.endpoint_url
    async with (
        session.client("s3", endpoint_url=settings.s3_address, config=config) as s3,
        session.client("s3", endpoint_url=settings.s3_public_address, config=config) as s3_public,
        session.client("sqs", endpoint_url=sqs_address, config=config) as sqs,
        session.client("transcribe", endpoint_url=settings.endpoint_url, config=config.merge(PROMPT)) as transcribe,
        session.client("cognito-idp", endpoint_url=settings.endpoint_url, config=config) as cognito,
        session.client("ses", endpoint_url=settings.endpoint_url, config=config.merge(ONCE)) as ses,
    ):
        yield Clients(s3, s3_public, sqs, transcribe, cognito, ses, Edge.of(settings))
