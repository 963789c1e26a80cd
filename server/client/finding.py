"""Finding the server to talk to."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx
from pydantic import BaseModel, SecretStr

from server.client.sign_in import SCOPE, BearerToken, MachineSignIn

DESCRIPTION = Path(".lectern/local.json")
ANSWER_SECONDS = 3.0
LAST_PORT = 65_535


class NoServer(Exception):  # noqa: N818 - what is missing
    """It isn't known which server to talk to, or as whom; the message says what to do."""


class LocalStack(BaseModel):
    """What a stack writes down for clients on the same machine."""

    base_url: str
    token_url: str
    machine_client_id: str
    machine_client_secret: SecretStr


@dataclass(frozen=True, slots=True)
class Server:
    """An address such as `https://lectern.example.org`, and how to sign in there."""

    url: str
    auth: httpx.Auth

    @classmethod
    def described(cls, file: Path, scope: str = SCOPE) -> Self:
        """Read the description of a local stack; `scope` is what the machine that signs in may do.

        Raises:
            NoServer: it can't be read.
        """
        try:
            stack = LocalStack.model_validate_json(file.read_bytes())
        except (OSError, ValueError) as error:
            raise NoServer(f"{file} can't be read; start the stack again with `make run`.") from error
        auth = MachineSignIn(stack.token_url, stack.machine_client_id, stack.machine_client_secret, scope)
        return cls(stack.base_url, auth)

    async def answers(self) -> bool:
        """Say whether the server is there, ready to work."""
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=ANSWER_SECONDS) as client:
                return (await client.get(f"{self.url}/readyz")).is_success
        except httpx.TransportError:
            return False


def find_local(start: Path, scope: str = SCOPE) -> Server | None:
    """Find the local stack of a folder, or of the nearest one above it that has one.

    Raises:
        NoServer: its description can't be read.
    """
    described = (folder / DESCRIPTION for folder in (start, *start.parents))
    found = next((file for file in described if file.is_file()), None)
    return Server.described(found, scope) if found is not None else None


def _check_address(url: str) -> None:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise NoServer(f"{url} is no address ({error}).") from None
    if parsed.scheme not in {"http", "https"} or not parsed.host or (parsed.port or 0) > LAST_PORT:
        raise NoServer(f"{url} is no address of a server. Give one such as https://lectern.example.org.")


def choose_server(url: str | None, token: SecretStr | None, start: Path, scope: str = SCOPE) -> Server:
    """Take the server that was named, else the local one; sign in by the token, if there is one, else with the scope.

    Raises:
        NoServer: none was named and none runs here, or the named one needs a token.
    """
    if url is not None:
        _check_address(url)
        if token is None:
            raise NoServer(f"{url} needs a token: --token, or LECTERN_TOKEN.")
        return Server(url, BearerToken(token))
    local = find_local(start, scope)
    if local is None:
        raise NoServer("No server runs here: start one with `make run`, or name one with --server and --token.")
    return local if token is None else Server(local.url, BearerToken(token))
