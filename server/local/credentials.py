"""The secrets of one data folder, made once."""

import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from server.local.private import write_private

BYTES = 24


def _secret() -> str:
    return secrets.token_urlsafe(BYTES)


def _password() -> str:
    """Make a password that the user pool's policy takes whatever chance gives."""
    return f"Aa1-{secrets.token_urlsafe(12)}"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Everything that a stack keeps secret."""

    postgres: str = field(default_factory=_secret)
    valkey: str = field(default_factory=_secret)
    aws: str = field(default_factory=_secret)
    access_token_key: str = field(default_factory=_secret)
    delegated_identity_key: str = field(default_factory=_secret)
    webhook_key: str = field(default_factory=_secret)
    admin: str = field(default_factory=_password)
    speaker: str = field(default_factory=_password)


def load(file: Path) -> Credentials:
    """Read the secrets; those that a new or an older folder lacks are made and written down (mode 0600)."""
    known = json.loads(file.read_text()) if file.exists() else {}
    credentials = Credentials(**known)
    if asdict(credentials) != known:
        write_private(file, json.dumps(asdict(credentials), indent=2))
    return credentials
