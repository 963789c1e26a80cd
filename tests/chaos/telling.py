"""Everybody who is to be told of an upload is told, and told once: other programs, a queue, and the owner by mail."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

import asyncpg
import httpx

from server.client.client import Client
from server.webhooks.kinds import Event, Transport
from server.webhooks.schemas import CallbackWish
from tests.chaos.ledger import Ledger
from tests.chaos.mailbox import Mailbox
from tests.chaos.plan import PlannedUpload
from tests.chaos.receivers import CALLBACK, Receivers

QUEUE = "callbacks-of-chaos"
EVENTS = [Event.RESULT_COMPLETED, Event.RESULT_FAILED, Event.UPLOAD_REJECTED]
DUE: dict[tuple[str, str | None], list[str]] = {
    ("uploaded", "completed"): [Event.RESULT_COMPLETED],
    ("uploaded", "failed"): [Event.RESULT_FAILED],
    ("rejected", None): [Event.UPLOAD_REJECTED],
    ("expired", None): [Event.UPLOAD_REJECTED],
    ("aborted", None): [],
}
"""What is told of an upload, by how it and its item stand. One that is gone may have been told of, or not."""
MACHINE = 0
"""The owner to whom no mail is sent."""


@dataclass(frozen=True, slots=True)
class Telling:
    """All those who are told; `queue_url` is of the queue for callbacks."""

    receivers: Receivers
    mailbox: Mailbox
    queue_url: str

    def settings(self) -> Mapping[str, str]:
        """Return what the stack has to be told of them."""
        return {
            "OUTBOUND_ALLOWED_HOSTS": "127.0.0.1",
            "CALLBACK_QUEUES": self.queue_url,
            "CALLBACK_TIMEOUT_SECONDS": "2",
            "CALLBACK_RETRY_SECONDS": "1,1,1,1,2,2,2,2,2",
            "SMTP_HOST": f"127.0.0.1:{self.mailbox.port}",
        }

    async def introduce(self, owners: Iterable[Client]) -> None:
        """Have every owner's program told of everything."""
        for number, owner in enumerate(owners):
            wish = {"url": self.receivers.url(endpoint(number)), "events": EVENTS}
            made = _read(await owner.api.post("/webhook-endpoints", json=wish))
            self.receivers.secrets[endpoint(number)] = made["secret"]
            shown = _read(await owner.api.get("/webhook-endpoints/callback-secret"))
            self.receivers.secrets[callback(number)] = shown["secret"]

    def wish(self, planned: PlannedUpload) -> CallbackWish | None:
        """Return what an upload asks for."""
        if planned.callback is None:
            return None
        is_queue = planned.callback is Transport.SQS
        url = self.queue_url if is_queue else self.receivers.url(callback(planned.owner))
        return CallbackWish(url=url, type=planned.callback)

    def findings(self, ledger: Ledger, uploads: Iterable[asyncpg.Record]) -> Iterator[str]:
        """Say who was not told, was told something else, or was told in two messages."""
        yield from self.receivers.faults
        heard: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for told in self.receivers.told:
            heard[told.about, told.path].append(told.event)
        mails: defaultdict[UUID, int] = defaultdict(int)
        for media_id, _ in self.mailbox.mails:
            mails[media_id] += 1
        for row in uploads:
            if planned := ledger.uploads.get(row["id"]):
                yield from self._of_upload(planned, row, heard, mails[row["media_id"]])

    def taken(self) -> int:
        """Count the messages and mails that were taken."""
        return self.receivers.told.total() + self.mailbox.mails.total()

    def twice(self) -> int:
        """Count those that had been taken before, under the same name."""
        return self.taken() - len(self.receivers.told) - len(self.mailbox.mails)

    def _of_upload(
        self, planned: PlannedUpload, row: asyncpg.Record, heard: Mapping[tuple[str, str], list[str]], mails: int
    ) -> Iterator[str]:
        stands = (row["status"], row["media"])
        paths = [endpoint(planned.owner)]
        if planned.callback is not None:
            paths.append(CALLBACK if planned.callback is Transport.SQS else callback(planned.owner))
        for path in paths:
            events = heard.get((str(row["id"]), path), [])
            if (events != DUE[stands]) if stands in DUE else len(events) > 1:
                yield f"upload {planned.number} ({row['id']}) is {stands}, and {path} was told {events}"
        due = int(row["media"] in {"completed", "failed"} and planned.owner != MACHINE)
        if (mails > 1) if row["media"] == "gone" else mails != due:
            yield f"of upload {planned.number} ({row['id']}), which is {stands}, {mails} mails came and not {due}"


def endpoint(owner: int) -> str:
    """Return where an owner's program is told of everything."""
    return f"/endpoint/{owner}"


def callback(owner: int) -> str:
    """Return where an owner's program is told of what it asked for."""
    return f"{CALLBACK}/{owner}"


def _read(answer: httpx.Response) -> dict[str, str]:
    answer.raise_for_status()
    made: dict[str, str] = answer.json()
    return made
