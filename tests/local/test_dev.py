"""What stands before the stack of those who work on it."""

import os
from pathlib import Path

import pytest

from server.local.dev import BUCKETS, WEB, make_vite

SETTINGS = {name: name.lower() for name in BUCKETS}
API, AWS = "http://127.0.0.1:8001", "http://127.0.0.1:4566"
CERTIFICATE = (Path("a.pem"), Path("a.key"))


@pytest.mark.parametrize("certificate", [None, CERTIFICATE])
def test_vite_is_told_what_stands_behind_it(certificate: tuple[Path, Path] | None) -> None:
    """It runs in the page's folder, and reads each of the names by which it is told."""
    vite = make_vite(SETTINGS, API, AWS, certificate)
    told = {name: value for name, value in vite.environment.items() if os.environ.get(name) != value}
    https = {"TLS_CERTIFICATE": "a.pem", "TLS_KEY": "a.key"} if certificate else {}
    assert told.pop("AWS_PATHS").split(",") == [
        "/oauth2",
        "/login",
        "/logout",
        *(f"/{name}" for name in SETTINGS.values()),
    ]
    assert told == {"API_URL": API, "AWS_URL": AWS} | https
    assert (vite.folder, vite.command[1:]) == (WEB, ("node_modules/vite/bin/vite.js", "--port", "5173"))
    read = (WEB / "vite.config.ts").read_text()
    assert [name for name in ("AWS_PATHS", *told) if name not in read] == []
