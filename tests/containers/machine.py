"""This machine's own way to packages, which the steps of a build go, too."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

BUNDLE = "/dev/certificates.pem"
BUNDLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT", "NODE_EXTRA_CA_CERTS")
WAYS = (
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "PIP_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "NPM_CONFIG_REGISTRY",
)
NAMES = ("/etc/resolv.conf", "/etc/hosts")


class Unable(Exception):  # noqa: N818 - what this machine is
    """It can't be done on this machine; the message says why."""


def ways() -> dict[str, str]:
    """Give the variables by which package tools get through here, as an engine passes on its proxy."""
    found = {name: os.environ[name] for name in WAYS if name in os.environ}
    return found | (dict.fromkeys(BUNDLES, BUNDLE) if _bundle() else {})


def shown() -> dict[str, str]:
    """Give the files by which hosts are found and trusted, by their path in a room."""
    bundle = _bundle()
    return {name: name for name in NAMES} | ({BUNDLE: bundle} if bundle else {})


def _bundle() -> str | None:
    return next((os.environ[name] for name in BUNDLES if name in os.environ), None)


def run(*command: str | Path, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> str:
    """Run a program of this machine to its end and return what it printed.

    Raises:
        Unable: it is not here, or failed.
    """
    settings = dict(os.environ) | dict(environment or {})
    try:
        done = subprocess.run(command, cwd=folder, env=settings, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise Unable(f"There is no {command[0]}: building needs a machine with Debian's tools.") from None
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout).strip().splitlines()[-3:]
        raise Unable(f"{Path(command[0]).name} failed: {' / '.join(said)}") from None
    return done.stdout
