"""SES's news, as it comes from the queue."""

import json
from typing import Any

import pytest

from server.mails.events import NotUnderstood, RefusedMail, read
from server.users.kinds import Refusal

BOUNCE = {
    "bounceType": "Permanent",
    "bounceSubType": "General",
    "bouncedRecipients": [{"emailAddress": "ada@example.com", "action": "failed", "status": "5.1.1"}],
    "timestamp": "2026-11-22T00:41:02.669Z",
}
COMPLAINT = {"complainedRecipients": [{"emailAddress": "ada@example.com"}], "complaintFeedbackType": "abuse"}


def event(kind: str, **detail: Any) -> str:
    """Write an event as EventBridge puts it into the queue."""
    mail = {"messageId": "m-1", "destination": ["ada@example.com"], "tags": {"ses:configuration-set": ["lectern"]}}
    told = {"version": "0", "source": "aws.ses", "detail-type": f"Email {kind}ed", "account": "123456789012"}
    return json.dumps(told | {"detail": {"eventType": kind, "mail": mail} | detail})


@pytest.mark.parametrize(
    ("body", "reason", "addresses"),
    [
        (event("Bounce", bounce=BOUNCE), Refusal.BOUNCED, ["ada@example.com"]),
        (event("Bounce", bounce=BOUNCE | {"bounceSubType": "Suppressed"}), Refusal.BOUNCED, ["ada@example.com"]),
        (event("Bounce", bounce=BOUNCE | {"bounceType": "Transient"}), Refusal.BOUNCED, []),
        (event("Complaint", complaint=COMPLAINT), Refusal.COMPLAINED, ["ada@example.com"]),
        (event("Complaint", complaint=COMPLAINT | {"complaintFeedbackType": "not-spam"}), Refusal.COMPLAINED, []),
    ],
)
def test_who_refuses_for_good_is_named(body: str, reason: Refusal, addresses: list[str]) -> None:
    """A mailbox that is full takes the next mail; one that isn't there doesn't. A complaint may be a praise."""
    assert read(body) == RefusedMail("m-1", reason, addresses)


@pytest.mark.parametrize(
    "body",
    [
        "nonsense",
        "{}",
        event("Delivery", delivery={}),
        event("Bounce"),
        event("Bounce", bounce=BOUNCE)[:-2] + "]",
        '"ada@example.com"',
    ],
)
def test_nonsense_is_not_understood(body: str) -> None:
    """What tells of something else belongs to the dead letters."""
    with pytest.raises(NotUnderstood) as error:
        read(body)
    assert "ada@" not in str(error.value)
