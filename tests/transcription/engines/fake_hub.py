"""A hub on loopback with one model, as huggingface_hub asks for it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

REPOSITORY = "example/whisper"
REVISION = "0123456789abcdef0123456789abcdef01234567"
LITTLE = {"config.json": b"{}", "model.bin": b"weights", "tokenizer.json": b"{}", "vocabulary.txt": b"a\nb\n"}
"""The files of a model that is only looked at."""


@dataclass
class Hub:
    """What it has, what it was asked with, and how many requests it will not answer."""

    url: str
    files: Mapping[str, bytes]
    tokens: set[str | None] = field(default_factory=set)
    outages: int = 0


@contextmanager
def fake_hub(files: Mapping[str, bytes]) -> Iterator[Hub]:
    """Serve the files of a model for as long as the block lasts."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.hub = Hub(f"http://127.0.0.1:{server.server_port}", files)
        serving = Thread(target=server.serve_forever, args=[0.01])
        serving.start()
        yield server.hub
        server.shutdown()
        serving.join()


def put_into_cache(cache: Path, repository: str, files: Mapping[str, Path | bytes]) -> Path:
    """Lay a model into the hub's cache as if it had been fetched, and give its folder."""
    place = cache / f"models--{repository.replace('/', '--')}"
    folder = place / "snapshots" / REVISION
    folder.mkdir(parents=True)
    for name, content in files.items():
        if isinstance(content, Path):
            (folder / name).symlink_to(content)
        else:
            (folder / name).write_bytes(content)
    (place / "refs").mkdir()
    (place / "refs" / "main").write_text(REVISION)
    return folder


class _Server(ThreadingHTTPServer):
    hub: Hub


class _Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    @property
    def _hub(self) -> Hub:
        assert isinstance(self.server, _Server)
        return self.server.hub

    def _answer(self) -> None:
        self._hub.tokens.add(self.headers["Authorization"])
        path = self.path.partition("?")[0]
        api, files = f"/api/models/{REPOSITORY}", f"/{REPOSITORY}/resolve/{REVISION}/"
        if path.startswith(api) and self._hub.outages:
            self._hub.outages -= 1
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, b"")
        elif path in {api, f"{api}/revision/main"}:
            self._send_json({"id": REPOSITORY, "sha": REVISION, "siblings": []})
        elif path == f"{api}/tree/{REVISION}":
            self._send_json([_listed(name, content) for name, content in self._hub.files.items()])
        elif path.startswith(files):
            self._send(HTTPStatus.OK, self._hub.files[path.removeprefix(files)])
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", {"X-Error-Code": "RepoNotFound"})

    def _send_json(self, body: Any) -> None:
        self._send(HTTPStatus.OK, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def _send(self, status: HTTPStatus, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        own = {"Content-Length": str(len(body)), "ETag": f'"{_sum(body)}"', "X-Repo-Commit": REVISION}
        for name, value in (own | dict(headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


def _listed(name: str, content: bytes) -> dict[str, object]:
    return {"type": "file", "path": name, "size": len(content), "oid": _sum(content)}


def _sum(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
