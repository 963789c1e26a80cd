"""Limits that hold before a request costs anything."""

import re
from collections.abc import Collection, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.limits.counting import count_request, standings_of
from server.limits.fields import fields_of
from server.limits.problems import BodyTooLarge, TooManyRequests
from server.problems import as_response


class RateLimits:
    """ASGI middleware: counts by network address, and tells in each answer how the caller stands to all rates."""

    def __init__(self, app: ASGIApp, exempt: Collection[str], sign_ins: Collection[str]) -> None:
        self.app = app
        self.exempt = exempt
        self.sign_ins = sign_ins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] != "http" or scope["path"] in self.exempt:
            await self.app(scope, receive, send)
            return

        async def send_with_fields(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(fields_of(standings_of(scope)))
            await send(message)

        try:
            await count_request(scope, signs_in=scope["path"] in self.sign_ins)
        except TooManyRequests as problem:
            await as_response(problem)(scope, receive, send_with_fields)
            return
        await self.app(scope, receive, send_with_fields)


class BodyLimit:
    """ASGI middleware: refuses bodies of more bytes than `most`, or than `larger` says for paths of that pattern.

    Starlette's says in plain text that a declared length is too large; here that is told as all else is.
    """

    def __init__(self, app: ASGIApp, most: int, larger: Mapping[str, int]) -> None:
        self.app = app
        self.most = most
        self.larger = [(re.compile(pattern), limit) for pattern, limit in larger.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it; what declares no length is refused once it has come to too much."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            await as_response(BodyTooLarge(limit))(scope, receive, send)
            return
        await RequestBodyLimitMiddleware(self.app, limit)(scope, receive, send)

    def _limit(self, path: str) -> int:
        return next((limit for pattern, limit in self.larger if pattern.fullmatch(path)), self.most)
