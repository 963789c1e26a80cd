"""The public keys of a provider (JWKS, RFC 7517), fetched when needed and kept."""

import asyncio
import time

import httpx
import stamina
import structlog
from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWKSetError

from server.auth.problems import SignInUnavailable

log = structlog.get_logger(__name__)

FRESH_SECONDS = 3600.0
PENALTY_SECONDS = 10.0


class KeySet:
    """Answers which key has an id.

    However many ask at once, one request goes out. Keys are used for an hour. An unknown id is
    looked up once, then not again for ten seconds, so that made-up ids cause no traffic. When the
    provider is away, or slow to say whether there are others, the keys that are there go on being used.
    """

    def __init__(self, url: str, http: httpx.AsyncClient) -> None:
        self._url = url
        self._http = http
        self._lock = asyncio.Lock()
        self._keys: dict[str, PyJWK] = {}
        self._fetched_at = float("-inf")
        self._tried_at = float("-inf")

    async def find(self, key_id: str) -> PyJWK | None:
        """Return the key with this id, or None when the provider has no such key.

        Raises:
            SignInUnavailable: no keys could be fetched yet.
        """
        is_being_renewed = key_id in self._keys and self._lock.locked()
        if self._needs_fetch(key_id) and not is_being_renewed:
            async with self._lock:
                if self._needs_fetch(key_id):
                    await self._fetch()
        if not self._keys:
            raise SignInUnavailable
        return self._keys.get(key_id)

    def _needs_fetch(self, key_id: str) -> bool:
        now = time.monotonic()
        stale = now - self._fetched_at > FRESH_SECONDS or key_id not in self._keys
        return stale and now - self._tried_at > PENALTY_SECONDS

    async def _fetch(self) -> None:
        try:
            self._keys = await self._request()
            self._fetched_at = time.monotonic()
        except (httpx.HTTPError, PyJWKSetError, ValueError) as error:
            log.warning("keys not fetched", error=repr(error))
        finally:
            self._tried_at = time.monotonic()

    @stamina.retry(on=httpx.TransportError, attempts=3, wait_initial=0.1, wait_max=1.0, timeout=10.0)
    async def _request(self) -> dict[str, PyJWK]:
        answer = await self._http.get(self._url)
        answer.raise_for_status()
        document = answer.json()
        if not isinstance(document, dict):
            raise PyJWKSetError("what came is no set of keys")
        return {key.key_id: key for key in PyJWKSet.from_dict(document).keys if key.key_id}
