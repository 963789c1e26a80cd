"""Signing messages, so that receivers know whose they are.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256

PREFIX = "whsec_"
SECRET_BYTES = 32
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


def new_secret() -> str:
    """Make a secret, in the form in which receivers are told it."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed(webhook_id: str, timestamp: int, body: bytes, keys: Sequence[str]) -> dict[str, str]:
    """Return the headers of a message; each secret signs, so that one of them may be replaced meanwhile.

    Args:
        webhook_id: the name of the message, the same at each attempt.
        timestamp: the time of this attempt, in Unix seconds.
        body: what is sent, to the byte.
        keys: secrets, `whsec_` and the key in base 64.
    """
    content = f"{webhook_id}.{timestamp}.".encode() + body
    signatures = (b64encode(hmac.digest(_key(secret), content, sha256)).decode() for secret in keys)
    marked = " ".join(f"v1,{signature}" for signature in signatures)
    return {ID: webhook_id, TIMESTAMP: str(timestamp), SIGNATURE: marked}


def _key(secret: str) -> bytes:
    return b64decode(secret.removeprefix(PREFIX))
