"""The cookie that carries a session."""

from urllib.parse import urlsplit

from fastapi import Response

from server.auth.sessions import Session

ATTEMPT = "lectern_sign_in"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_secure(origin: str) -> bool:
    """Say whether cookies are for encrypted connections only: always, but on this machine itself."""
    return urlsplit(origin).hostname not in LOOPBACK


def cookie_name(origin: str) -> str:
    """Name the cookie; the prefix makes browsers refuse one that another host or path has set.

    Source: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis, 4.1.3.2
    """
    return "__Host-lectern" if is_secure(origin) else "lectern"


def give_session(response: Response, origin: str, token: str, session: Session) -> None:
    """Have the browser keep a session, out of scripts' reach, and send it with what our own pages ask."""
    response.set_cookie(
        cookie_name(origin),
        token,
        expires=session.expires_at,
        secure=is_secure(origin),
        httponly=True,
        samesite="lax",
    )


def give_attempt(response: Response, origin: str, kept: str, path: str, seconds: float) -> None:
    """Have the browser keep what it needs to come back from a sign-in page."""
    response.set_cookie(
        ATTEMPT, kept, max_age=int(seconds), path=path, secure=is_secure(origin), httponly=True, samesite="lax"
    )


def forget_attempt(response: Response, origin: str, path: str) -> None:
    """Have the browser forget it."""
    response.delete_cookie(ATTEMPT, path=path, secure=is_secure(origin), httponly=True, samesite="lax")


def forget_session(response: Response, origin: str) -> None:
    """Have the browser forget it."""
    response.delete_cookie(cookie_name(origin), secure=is_secure(origin), httponly=True, samesite="lax")
