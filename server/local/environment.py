"""The environment in which our own processes run on the local stack."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from server.local import aws, postgres, valkey
from server.local.credentials import Credentials
from server.local.ports import LOOPBACK, Ports
from server.local.wishes import Deployment

FOREIGN = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_DEFAULT_REGION")
"""Would lead the AWS library elsewhere, or keep it from starting."""

ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_SQS")
"""Would go before the address of the local AWS."""

GENEROUS = {"RATE_LIMIT_PER_MINUTE": "6000", "RATE_LIMIT_PER_ADDRESS": "12000", "RATE_LIMIT_SIGN_INS": "200"}
"""Ten times what is usual: everybody here comes from one address, and much of it is tests."""


SENDER = "Lectern <lectern@example.com>"
"""What mail comes from, unless the user names somebody else."""

FILE = "environment.json"
"""In the data folder, while a stack runs: what its processes have been told, for commands beside them."""


def of_commands(start: Path) -> dict[str, str]:
    """Return the environment of a command that works beside the workers.

    It is the user's, where that names a database; else that of the stack which runs in a folder, or above it.
    """
    user = surroundings()
    if "DB_CONNECTION_STR" in user:
        return user
    files = (folder / ".lectern" / FILE for folder in (start, *start.parents))
    running = next((file for file in files if file.is_file()), None)
    return user | (json.loads(running.read_text()) if running else {})


def surroundings() -> dict[str, str]:
    """Return what the user has set: the environment, and `.env` where that says nothing."""
    written = {name: value for name, value in dotenv_values(".env").items() if value}
    return written | {name: value for name, value in os.environ.items() if name not in FOREIGN}


def of_database(user: Mapping[str, str], ports: Ports, credentials: Credentials) -> dict[str, str]:
    """Return what a process needs that only talks to Postgres."""
    # A stray DB_CONNECTION_STR may point at a database that matters: here, ours is the one.
    return dict(user) | {"DB_CONNECTION_STR": postgres.address(ports.postgres, credentials.postgres)}


def of_processes(
    user: Mapping[str, str], folder: Path, ports: Ports, credentials: Credentials, deployment: Deployment
) -> dict[str, str]:
    """Return every setting of the API and the workers.

    Where the services are and what is ours there is the stack's to say; in all else, what the user has set wins.
    """
    defaults = {
        "ACCESS_TOKEN_SECRET_KEY": credentials.access_token_key,
        "DELEGATED_IDENTITY_SECRET_KEY": credentials.delegated_identity_key,
        "LOG_FORMAT": "console",
        "MAIL_FROM": SENDER,
        **GENEROUS,
        "PUBLIC_URL": f"http://{LOOPBACK}:{ports.api}",
        "WEBHOOK_API_KEY": credentials.webhook_key,
        "WORK_FOLDER": str(folder / "work"),
    }
    direct = ",".join(filter(None, (user.get("no_proxy") or user.get("NO_PROXY"), LOOPBACK, "localhost")))
    services = {
        "VALKEY_URL": valkey.address(ports.valkey, credentials.valkey),
        "NO_PROXY": direct,
        "no_proxy": direct,  # where both are set, this one counts
        **_of_aws(aws.address(ports.aws), credentials.aws, deployment.outputs),
        **{name: aws.address(ports.aws) for name in ENDPOINTS if name in user},
    }
    chosen = {name: value for name, value in user.items() if value}
    return of_database(defaults | chosen, ports, credentials) | services


def _of_aws(endpoint: str, secret: str, outputs: Mapping[str, str]) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": aws.REGION,
        "AWS_ACCESS_KEY_ID": aws.access_key_id(secret),
        "AWS_SECRET_ACCESS_KEY": secret,
        "RAW_BUCKET": outputs["RawBucket"],
        "PROCESSED_BUCKET": outputs["ProcessedBucket"],
        "CONTENT_STORAGE_S3_BUCKET": outputs["ContentBucket"],
        "UPLOADS_QUEUE_URL": outputs["UploadsQueueUrl"],
        "TRANSCRIBE_EVENTS_QUEUE_URL": outputs["TranscribeEventsQueueUrl"],
        "MAIL_EVENTS_QUEUE_URL": outputs["MailEventsQueueUrl"],
        "SES_CONFIGURATION_SET": outputs["MailConfigurationSet"],
        "PREPROCESSING_QUEUE_URL": outputs["PreprocessingQueueUrl"],
        "COGNITO_ISSUER": outputs["Issuer"],
        "COGNITO_JWKS_URL": f"{endpoint}/{outputs['UserPoolId']}/.well-known/jwks.json",
        "COGNITO_CLIENT_IDS": outputs["WebClientId"],
        "COGNITO_DOMAIN": endpoint,
        "COGNITO_RESOURCE_SERVER": outputs["ResourceServer"],
    }
