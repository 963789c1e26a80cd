"""Signatures, verified by the package that receivers use."""

import json
import re
import time
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from server.local.backing import CHECKOUT
from server.webhooks.signing import new_secret, signed

BODY = json.dumps({"type": "result.completed", "data": {"title": "שלום \N{SLIGHTLY SMILING FACE}"}}).encode()


def now() -> int:
    """Return the time in Unix seconds."""
    return int(time.time())


def test_each_secret_verifies() -> None:
    """While a secret is replaced, the receiver may know the one or the other."""
    former, latter = new_secret(), new_secret()
    headers = signed("msg_1", now(), BODY, [latter, former])
    for secret in (former, latter):
        assert Webhook(secret).verify(BODY, headers) == json.loads(BODY)
    assert headers["webhook-signature"].count(" ") == 1


@pytest.mark.parametrize("change", ["secret", "body", "id", "time"])
def test_nothing_else_verifies(change: str) -> None:
    """Another's secret, another body, another message, and one of ten minutes ago are refused."""
    secret = new_secret()
    headers = signed("msg_1", now() - (600 if change == "time" else 0), BODY, [secret])
    headers |= {"webhook-id": "msg_2"} if change == "id" else {}
    verifier = Webhook(new_secret() if change == "secret" else secret)
    with pytest.raises(WebhookVerificationError):
        verifier.verify(BODY + b" " if change == "body" else BODY, headers)


def test_documentation_verifies() -> None:
    """What receivers are shown does what it says."""
    shown = re.search(r"(?s)```python\n(.*?)```", (CHECKOUT / "docs" / "webhooks.md").read_text())
    assert shown is not None
    names: dict[str, Any] = {}
    exec(shown[1], names)  # noqa: S102 - our own
    secret = new_secret()
    headers = signed("msg_1", now(), BODY, [secret])
    assert names["received"](secret, headers, BODY) == json.loads(BODY)
    assert names["received"](new_secret(), headers, BODY) is None
