"""People and a machine, signed in as the stack lets them."""

import json
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

import aioboto3
import httpx
from pydantic import SecretStr

from server.client.client import Client
from server.client.finding import Server
from server.client.retries import Retries
from server.client.sign_in import BearerToken
from server.local.stack import Running
from tests.end_to_end.foreign import sign_in_person

if TYPE_CHECKING:
    from types_aiobotocore_cognito_idp import CognitoIdentityProviderClient

PATIENT = Retries(attempts=20, longest_seconds=4.0)
"""About a minute in all: longer than anything is away here."""


@asynccontextmanager
async def signed_in(running: Running, count: int) -> AsyncIterator[list[Client]]:
    """Open clients of so many owners: the stack's machine, and people made for the occasion."""
    credentials: list[httpx.Auth] = [Server.described(running.local_json).auth]
    credentials += [BearerToken(SecretStr(token)) for token in await _people(running, count - 1)]
    async with AsyncExitStack() as opened:
        yield [
            await opened.enter_async_context(Client.connect(running.base_url, credential, PATIENT))
            for credential in credentials
        ]


async def _people(running: Running, count: int) -> list[str]:
    """Make people in the user pool, sign each in on its page, and return their tokens."""
    environment = running.backing.environment
    session = aioboto3.Session(
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        region_name=environment["AWS_REGION"],
    )
    async with session.client("cognito-idp", endpoint_url=environment["AWS_ENDPOINT_URL"]) as cognito:
        return [await _person(cognito, running, f"owner-{number}@example.com") for number in range(count)]


async def _person(cognito: "CognitoIdentityProviderClient", running: Running, email: str) -> str:
    pool, password = running.backing.deployment.outputs["UserPoolId"], f"Aa1{secrets.token_hex()}"
    attributes = {"email": email, "email_verified": "true", "name": email}
    await cognito.admin_create_user(
        UserPoolId=pool,
        Username=email,
        UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
        MessageAction="SUPPRESS",
    )
    await cognito.admin_set_user_password(UserPoolId=pool, Username=email, Password=password, Permanent=True)
    described: dict[str, Any] = json.loads(running.local_json.read_text())
    described["people"] = [{"email": email, "password": password, "role": email}]
    client_id = running.backing.environment["COGNITO_CLIENT_IDS"]
    tokens = await sign_in_person(described, client_id, f"{running.base_url}/signed-in", role=email)
    return tokens["id_token"]  # it tells the address that mail goes to
