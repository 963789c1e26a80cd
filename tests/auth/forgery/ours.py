"""Sessions and API keys that don't hold, or no longer."""

from collections.abc import Callable
from typing import Any

from server.auth.hosted import AUDIENCE as RETURNING
from tests.auth.forgery.base import EMAIL, HOUR, NOW, Attempt, Forge, Forger, bearer


def _session(make: Callable[[Forger], str]) -> Forge:
    async def forge(forger: Forger) -> Attempt:
        token = make(forger)
        return Attempt(token, bearer(token))

    return forge


def _session_with(**changed: Any) -> Forge:
    return _session(lambda forger: forger.session(**changed))


async def _ended(forger: Forger) -> Attempt:
    token = await forger.town.session(EMAIL)
    await forger.http.post("/auth/logout", headers=dict(bearer(token)))
    return Attempt(token, cookies={"lectern": token})


async def _ended_everywhere(forger: Forger) -> Attempt:
    token, other = await forger.town.session(EMAIL), await forger.town.session(EMAIL)
    await forger.http.post("/auth/logout-all", headers=dict(bearer(other)))
    return Attempt(token, bearer(token))


async def _cookie_of_another_kind(forger: Forger) -> Attempt:
    token = forger.pool.sign(forger.pool.claims())
    return Attempt(token, cookies={"lectern": token})


async def _cookie_from_another_site(forger: Forger) -> Attempt:
    token = await forger.town.session(EMAIL)
    headers = [("Sec-Fetch-Site", "cross-site"), ("X-CSRF-Token", "0" * 64)]
    return Attempt(token, headers, {"lectern": token}, "POST", "/auth/logout", status=403, code="cross_site")


OF_OURS: dict[str, Forge] = {
    "session signed by another": _session_with(key="x" * 64),
    "session signed by nobody": _session_with(key="", algorithm="none"),
    "expired session": _session_with(exp=NOW - HOUR),
    "session from the future": _session_with(iat=NOW + HOUR),
    "session of another issuer": _session_with(iss="another"),
    "session for another purpose": _session_with(aud=RETURNING),
    "session of nobody": _session_with(sub=None),
    "session of a name": _session_with(sub="admin"),
    "session of somebody unknown": _session_with(),
    "session without id": _session_with(jti=None),
    "session without version": _session_with(ver=None),
    "session of a later version": _session_with(ver=99),
    "truncated session": _session(lambda forger: forger.session()[:-4]),
    "session that was ended": _ended,
    "session ended everywhere": _ended_everywhere,
    "pool's token as a cookie": _cookie_of_another_kind,
    "cookie from another site": _cookie_from_another_site,
}


def _key(change: Callable[[str, str, str], str]) -> Forge:
    async def forge(forger: Forger) -> Attempt:
        key = await forger.key()
        mark, prefix, secret = key.split("_", 2)
        return Attempt(secret, bearer(change(mark, prefix, secret)))

    return forge


async def _revoked_key(forger: Forger) -> Attempt:
    key = await forger.key()
    headers = dict(bearer(await forger.town.session(EMAIL)))
    [listed] = (await forger.http.get("/auth/keys", headers=headers)).json()["items"]
    await forger.http.delete(f"/auth/keys/{listed['id']}", headers=headers)
    return Attempt(key, bearer(key))


OF_KEYS: dict[str, Forge] = {
    "cut key": _key(lambda mark, prefix, secret: f"{mark}_{prefix}_{secret[:-1]}"),
    "key with another secret": _key(lambda mark, prefix, secret: f"{mark}_{prefix}_{secret[::-1]}"),
    "key with another prefix": _key(lambda mark, prefix, secret: f"{mark}_{prefix[::-1]}x_{secret}"),
    "key without secret": _key(lambda mark, prefix, _: f"{mark}_{prefix}_"),
    "key without prefix": _key(lambda mark, _, secret: f"{mark}__{secret}"),
    "revoked key": _revoked_key,
}
