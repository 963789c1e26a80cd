"""Watches what goes wrong in a browser without a word to the person before it."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Request, Response, WebError

BROKEN_OFF = "net::ERR_ABORTED"  # by the page itself: it goes elsewhere, or no longer wants the answer
CUT = "net::ERR_INTERNET_DISCONNECTED"


class Guard:
    """Errors of pages, what they write to the console, and requests that fail, whatever the test looks at."""

    def __init__(self, pool: str) -> None:
        """Watch nothing yet; `pool` is where the user pool has its pages, which are not ours."""
        self._allowed = f"{pool}/favicon.ico"
        self._complaints: list[str] = []
        self._forgiven: list[tuple[bool, str, str]] = []
        self._is_cut = False

    def watch(self, context: BrowserContext) -> None:
        """Note what goes wrong on every page of a context, its service worker's included."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    @contextmanager
    def cut(self) -> Iterator[None]:
        """Take no note, meanwhile, of what fails because there is no network."""
        self._is_cut = True
        yield
        self._is_cut = False

    def forgive(self, address: str, trouble: str) -> None:
        """Take no note of one request to an address that is in this trouble, nor of what the console says of it."""
        self._forgiven += [(is_said, address, trouble) for is_said in (False, True)]

    def check(self) -> None:
        """Fail if anything went wrong."""
        assert not self._complaints, "\n".join(self._complaints)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note("console", message.location["url"], message.text)

    def _error(self, error: WebError) -> None:
        self._note("page", error.page.url if error.page else "", str(error.error))

    def _failed(self, request: Request) -> None:
        if request.failure != BROKEN_OFF:
            self._note("request", request.url, f"{request.method}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._note("answer", response.url, f"{response.request.method}: {response.status}")

    def _note(self, kind: str, address: str, what: str) -> None:
        if address == self._allowed or (self._is_cut and CUT in what) or self._forgives(kind, address, what):
            return
        self._complaints.append(f"{kind} {urlsplit(address).path or address}: {what}")

    def _forgives(self, kind: str, address: str, what: str) -> bool:
        for forgiven in self._forgiven:
            is_said, at, trouble = forgiven
            if (is_said, at) == (kind == "console", address) and trouble in what:
                self._forgiven.remove(forgiven)
                return True
        return False
