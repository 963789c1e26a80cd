"""What every answer tells the browser about itself."""

import base64
import hashlib
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For what is no page: should a browser show it, nothing in it is run or loaded."""
YEAR = 365 * 24 * 3600

ALWAYS = {
    "Content-Security-Policy": CLOSED,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(self), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Source: https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html"""

GOOGLE = "https://accounts.google.com/gsi"

NAMED = re.compile(r'(?:src|href)="(https://[^/"]+)')
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class SecurityHeaders:
    """ASGI middleware: adds what an answer doesn't say itself, `private` being the path whose answers aren't kept."""

    def __init__(self, app: ASGIApp, public_url: str, private: str) -> None:
        self.app = app
        self.private = private
        self.headers = headers_for(public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(self.private):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)


def headers_for(public_url: str) -> Mapping[str, str]:
    """Return the headers of a service that people reach there."""
    if public_url.startswith("https://"):
        return ALWAYS | {"Strict-Transport-Security": f"max-age={YEAR}"}
    return ALWAYS


def page_headers(*stores: str, google: bool) -> Mapping[str, str]:
    """Return the headers of our own pages, which send to and play from the `stores` at these addresses.

    Google's sources: https://developers.google.com/identity/gsi/web/guides/get-google-api-clientid#content_security_policy
    """
    there = " ".join(f"{address.scheme}://{address.netloc}" for address in map(urlsplit, stores))
    sources = {
        "default-src": "'self'",
        "script-src": "'self'",
        # Menus and players write styles of their own into the page; these can't do what scripts could.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": f"'self' blob: data: {there}",
        "media-src": f"'self' blob: data: {there}",
        "connect-src": f"'self' {there}",
        "worker-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    if google:
        sources["script-src"] += f" {GOOGLE}/client"
        sources["style-src"] += f" {GOOGLE}/style"
        sources["connect-src"] += f" {GOOGLE}/"
        sources["frame-src"] = f"{GOOGLE}/"
    return {
        "Content-Security-Policy": "; ".join(f"{name} {allowed}" for name, allowed in sources.items()),
        # Google's sign-in opens a window, and has to hear from it.
        "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    }


def policy_for(page: str) -> str:
    """Return the policy under which a page of HTML may run the scripts that it has now, and load from whom it names.

    Source: https://www.w3.org/TR/CSP3/#framework-directive-source-list
    """
    hosts = " ".join(sorted(set(NAMED.findall(page))))
    scripts = " ".join(f"'sha256-{_digest(script)}'" for script in INLINE.findall(page))
    return (
        f"default-src 'none'; script-src {hosts} {scripts}; style-src {hosts} 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
