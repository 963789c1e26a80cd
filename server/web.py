"""Serves the built web client, with its first page at every address that is a page's."""

import asyncio
import os
import re
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path, PurePosixPath

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from server.problems import Problem, as_response

FIRST_PAGE = "index.html"
HASHED = "assets"
"""Whose names change with what is in them."""
FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
"""Keep it, and ask each time whether it still holds."""
COMPRESSED = {"br": ".br", "gzip": ".gz"}
"""Written beside a file when it was built, the smaller first."""
REFUSED = re.compile(r"q=0(\.0*)?")
RESULT = re.compile(r"/(results/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
"""The path of a result's page, which is that of the result itself below the API's."""
TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}
"""What systems tell differently, or not at all."""


class NoSuchFile(Problem):
    """The client has no such file; an old page may ask for one of an earlier version."""

    status = 404
    code = "not_found"

    def __init__(self) -> None:
        super().__init__("There is no such file here. Reload the page to get its newest version.")


class OnlyRead(Problem):
    """Pages are read; what changes something goes to the API."""

    status = 405
    code = "method_not_allowed"

    def __init__(self) -> None:
        super().__init__("Here is only something to read. Send this to the API.", headers={"Allow": "GET, HEAD"})


class WebClient:
    """ASGI middleware: answers what is not the application's own, whose paths begin with `own` or are `others`.

    Pages ask at `api`; who brings the cookie `session` is taken for signed in.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - Starlette hands each in by its name
        self, app: ASGIApp, folder: Path, own: str, others: Collection[str], api: str, session: str
    ) -> None:
        self.app = app
        self.files = BuiltFiles(folder, api, session)
        self.own = own
        self.others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file, or hand the request on."""
        path = scope.get("path", "")
        if scope["type"] == "http" and not (path == self.own or path.startswith(f"{self.own}/") or path in self.others):
            await self.files(scope, receive, send)
        else:
            await self.app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Found:
    """A file that answers a request."""

    path: str
    stat: os.stat_result
    headers: Mapping[str, str]
    media_type: str


class BuiltFiles(StaticFiles):
    """Starlette's, with the first page for addresses of pages, compressed files, and a word on keeping them."""

    def __init__(self, folder: Path, api: str, session: str) -> None:
        super().__init__(directory=folder)
        self._api = api
        self._session = session

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file, or with the first page where the path is no file's."""
        if scope["method"] not in {"GET", "HEAD"}:
            return as_response(OnlyRead())
        asked = Headers(scope=scope)
        found = await asyncio.to_thread(self._find, path, _accepted(asked.get("accept-encoding", "")))
        if found is None:
            return as_response(NoSuchFile())
        headers = {**scope["app"].state.page_headers, **found.headers, **self._ahead(scope)}
        answer = FileResponse(found.path, headers=headers, media_type=found.media_type, stat_result=found.stat)
        if self.is_not_modified(answer.headers, asked):
            # With the policy as well: browsers put the headers of this answer in the place of those they have kept.
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={**headers, "ETag": answer.headers["etag"]})
        return answer

    def _ahead(self, scope: Scope) -> dict[str, str]:
        """Name what the page of a result asks for first, so that it is on its way while the page's script still is.

        Source: https://html.spec.whatwg.org/multipage/links.html#link-type-preload
        """
        page = Request(scope)
        result = RESULT.fullmatch(page.url.path)
        if result is None or page.url.query or self._session not in page.cookies:
            return {}
        link = f"<{self._api}/{result[1]}>; rel=preload; as=fetch; crossorigin"
        return {"Link": link, "Vary": "Accept-Encoding, Cookie"}

    def _find(self, path: str, accepted: Collection[str]) -> Found | None:
        name = path if self._file(path) or _is_file_name(path) else FIRST_PAGE
        keeping = FOREVER if PurePosixPath(name).parts[0] == HASHED else ASK_FIRST
        headers = {"Cache-Control": keeping, "Vary": "Accept-Encoding"}
        media_type = TYPES.get(PurePosixPath(name).suffix) or guess_type(name)[0] or "application/octet-stream"
        for encoding in (encoding for encoding in COMPRESSED if encoding in accepted):
            if file := self._file(name + COMPRESSED[encoding]):
                return Found(*file, headers | {"Content-Encoding": encoding}, media_type)
        file = self._file(name)
        return Found(*file, headers, media_type) if file else None

    def _file(self, name: str) -> tuple[str, os.stat_result] | None:
        try:
            path, found = self.lookup_path(name)
        except (OSError, ValueError):  # a name that no file can have
            return None
        return (path, found) if found and stat.S_ISREG(found.st_mode) else None


def _is_file_name(path: str) -> bool:
    """Say whether a path means a file: an old page that asks for a script must not be given HTML."""
    named = PurePosixPath(path)
    return bool(named.suffix) or named.parts[:1] == (HASHED,)


def _accepted(field: str) -> set[str]:
    """Return the encodings that a caller takes (RFC 9110, 12.5.3), other than by `*`."""
    wishes = (wish.partition(";") for wish in field.lower().split(","))
    return {name.strip() for name, _, weight in wishes if not REFUSED.fullmatch(weight.replace(" ", ""))}
