"""Programs that say too little or too much, and returns from sign-in pages that nobody has begun."""

from collections.abc import Callable
from datetime import timedelta

import jwt

from server.auth.delegation import EMAIL_HEADER, SECRET_HEADER
from server.auth.hosted import AUDIENCE as RETURNING
from server.auth.sessions import AUDIENCE
from server.auth.signer import Signer
from server.auth.webhooks import HEADER
from tests.auth.forgery.base import EMAIL, Attempt, Forge, Forger, bearer


def _delegated(secret: list[str], emails: list[str], status: int, code: str) -> Forge:
    async def forge(forger: Forger) -> Attempt:
        await forger.town.person(EMAIL)
        secrets = [(SECRET_HEADER, one.format(forger.tool, forger.tool[:-1])) for one in secret]
        return Attempt(forger.tool, secrets + [(EMAIL_HEADER, email) for email in emails], status=status, code=code)

    return forge


async def _delegated_beside_a_token(forger: Forger) -> Attempt:
    token = await forger.town.session(EMAIL)
    headers = [(SECRET_HEADER, forger.tool), (EMAIL_HEADER, EMAIL), *bearer(token)]
    return Attempt(forger.tool, headers, status=400, code="ambiguous_credentials")


async def _two_tokens(forger: Forger) -> Attempt:
    token = await forger.town.session(EMAIL)
    return Attempt(token, bearer(token) * 2, status=400, code="ambiguous_credentials")


async def _password(_: Forger) -> Attempt:
    return Attempt("dXNlcjpwYXNzd29yZA==", [("Authorization", "Basic dXNlcjpwYXNzd29yZA==")])


OF_TOOLS: dict[str, Forge] = {
    "wrong delegation secret": _delegated(["x" * 40], [EMAIL], 401, "unauthenticated"),
    "cut delegation secret": _delegated(["{1}"], [EMAIL], 401, "unauthenticated"),
    "delegation secret not in ASCII": _delegated(["é" * 24], [EMAIL], 401, "unauthenticated"),
    "empty delegation secret": _delegated([""], [EMAIL], 401, "unauthenticated"),
    "no delegation secret": _delegated([], [EMAIL], 401, "unauthenticated"),
    "two delegation secrets": _delegated(["{0}", "{0}"], [EMAIL], 400, "ambiguous_credentials"),
    "two delegated people": _delegated(["{0}"], [EMAIL, EMAIL], 400, "ambiguous_credentials"),
    "nobody delegated": _delegated(["{0}"], [], 403, "unknown_person"),
    "unknown person delegated": _delegated(["{0}"], ["nobody@example.com"], 403, "unknown_person"),
    "delegation beside a token": _delegated_beside_a_token,
    "two tokens": _two_tokens,
    "password": _password,
}


def _return(kept: Callable[[Forger], str | None], state: str = "the-state") -> Forge:
    async def forge(forger: Forger) -> Attempt:
        cookie = kept(forger)
        return Attempt(
            "a-secret-code",
            cookies={"lectern_sign_in": cookie} if cookie else {},
            path="/auth/callback",
            params={"state": state, "code": "a-secret-code"},
            status=400,
            code="sign_in_failed",
        )

    return forge


def _kept(signer: Signer, audience: str = RETURNING, minutes: int = 1) -> str:
    claims = {"state": "the-state", "verifier": "v" * 64, "then": "/"}
    return signer.sign(audience, timedelta(minutes=minutes), **claims)


OF_RETURNS: dict[str, Forge] = {
    "return that nobody began": _return(lambda _: None),
    "return of another's sign-in": _return(lambda forger: _kept(forger.signer), state="another-state"),
    "return that took too long": _return(lambda forger: _kept(forger.signer, minutes=-1)),
    "return by a session": _return(lambda forger: _kept(forger.signer, AUDIENCE)),
    "forged return": _return(lambda forger: jwt.encode(forger.ours(aud=RETURNING), "x" * 64, "HS256")),
}


def _notified(*keys: str, status: int = 401, code: str = "unauthenticated") -> Forge:
    async def forge(forger: Forger) -> Attempt:
        headers = [(HEADER, key.format(forger.webhook_key, forger.webhook_key[:-1])) for key in keys]
        body = {"bucket": "any", "key": "any"}
        path = "/webhooks/upload-notification"
        return Attempt(forger.webhook_key, headers, method="POST", path=path, body=body, status=status, code=code)

    return forge


OF_WEBHOOKS: dict[str, Forge] = {
    "webhook without key": _notified(),
    "webhook with an empty key": _notified(""),
    "webhook with a wrong key": _notified("x" * 40),
    "webhook with a cut key": _notified("{1}"),
    "webhook with two keys": _notified("{0}", "{0}", status=400, code="ambiguous_credentials"),
}
