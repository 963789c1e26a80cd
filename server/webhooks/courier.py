"""Handing messages over, by HTTP or through SQS, and telling how it went."""

import asyncio
import json
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, TypedDict

import httpx
from botocore.exceptions import BotoCoreError, ClientError

from server.auth.sealing import Seal
from server.aws.clients import Clients
from server.outbound.client import open_outbound
from server.settings import Settings
from server.webhooks import endpoints, events, signing, targets
from server.webhooks.attempts import Answer, Attempt, Parcel
from server.webhooks.kinds import Proof, Transport
from server.webhooks.problems import TargetRefused

if TYPE_CHECKING:
    from types_aiobotocore_sqs import SQSClient

KEY_HEADER = "X-Webhook-Api-Key"
MOST_READ = 64 * 1024
"""Bytes of an answer that are waited for, so that its sender may end in peace; nothing is made of them."""
LONGEST_REASON = 300
CONNECT_SECONDS = 5.0
"""A host that is not there must not hold a worker for as long as one that is slow."""
ASKS_FOR_PATIENCE = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


class Grouping(TypedDict, total=False):
    """What only a queue that keeps the order is told."""

    MessageGroupId: str
    MessageDeduplicationId: str


@dataclass(frozen=True, slots=True)
class Courier:
    """Carries messages to whoever wants them, and nowhere else.

    Attributes:
        http: a client that is safe for addresses which others name.
        sqs: a client of the region in which the named queues are.
        settings: which receivers are allowed, and how long they may take.
        seal: opens what messages are signed by.
    """

    http: httpx.AsyncClient
    sqs: "SQSClient"
    settings: Settings
    seal: Seal

    async def carry(self, parcel: Parcel) -> Attempt:
        """Hand a message over once, and return how it went."""
        at, begun = datetime.now(UTC), time.monotonic()
        answer = await self._hand_over(parcel)
        return Attempt(at, round((time.monotonic() - begun) * 1000), answer)

    async def _hand_over(self, parcel: Parcel) -> Answer:
        body = json.dumps(events.whole(parcel.payload, self.settings.service.public_url))
        try:
            # Again: what is allowed may have changed since.
            targets.check(parcel.url, parcel.transport, self.settings.outbound, self.settings.callbacks)
            if parcel.transport is Transport.SQS:
                return await self._enqueue(parcel, body)
            return await self._post(parcel, body.encode())
        except TargetRefused as refused:
            return Answer(error=refused.detail)
        except TimeoutError:
            return Answer(error=f"It did not answer within {self.settings.callbacks.seconds:g} seconds.")
        except (httpx.HTTPError, httpx.InvalidURL, ClientError, BotoCoreError) as error:
            return Answer(error=_shown(error))

    async def _post(self, parcel: Parcel, body: bytes) -> Answer:
        """POST a message; what an answer says after its status is let go by.

        Raises:
            TimeoutError: there was no answer in time.
            httpx.HTTPError: there was none.
        """
        answer: Answer | None = None
        seconds = self.settings.callbacks.seconds
        timeout = httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
        headers = {"Content-Type": "application/json"} | self._proof(parcel, body)
        try:
            async with (
                asyncio.timeout(seconds),
                self.http.stream(
                    "POST", parcel.url, content=body, headers=headers, timeout=timeout, follow_redirects=False
                ) as response,
            ):
                answer = _answer(response)
                await _let_by(response)
        except (httpx.HTTPError, TimeoutError):
            if answer is None:
                raise
        return answer

    def _proof(self, parcel: Parcel, body: bytes) -> dict[str, str]:
        """Return the headers by which a receiver knows the message, and whose it is."""
        if parcel.proof is not Proof.API_KEY:
            return signing.signed(parcel.webhook_id, int(time.time()), body, parcel.secrets)
        key = self.settings.preprocessing.callback_key
        return {signing.ID: parcel.webhook_id} | ({KEY_HEADER: key.get_secret_value()} if key else {})

    async def _enqueue(self, parcel: Parcel, body: str) -> Answer:
        """Send a message to a queue.

        Raises:
            TimeoutError: there was no answer in time.
            botocore.exceptions.ClientError: it was refused.
            botocore.exceptions.BotoCoreError: there was no answer.
        """
        keeps_order = parcel.url.endswith(".fifo")
        named: Grouping = {"MessageGroupId": "lectern", "MessageDeduplicationId": parcel.webhook_id}
        async with asyncio.timeout(self.settings.callbacks.seconds):
            await self.sqs.send_message(
                QueueUrl=parcel.url,
                MessageBody=body,
                MessageAttributes={signing.ID: {"DataType": "String", "StringValue": parcel.webhook_id}},
                **(named if keeps_order else Grouping()),
            )
        return Answer()


@asynccontextmanager
async def open_courier(
    settings: Settings, clients: Clients, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Courier]:
    """Open what messages are handed over by, for as long as the context lasts; it trusts whom `open_outbound` does."""
    async with open_outbound(settings.outbound, settings.service.public_url, tls) as http:
        yield Courier(http, clients.sqs, settings, endpoints.make_seal(settings))


def _answer(response: httpx.Response) -> Answer:
    status = response.status_code
    return Answer(
        status_code=status,
        error=None if response.is_success else _why_not(response),
        is_gone=status == HTTPStatus.GONE,
        not_before=_patience(response) if status in ASKS_FOR_PATIENCE else timedelta(),
    )


def _why_not(response: httpx.Response) -> str:
    elsewhere = " Redirects are not followed: name the address itself." if response.is_redirect else ""
    return f"It answered {response.status_code}.{elsewhere}"


def _patience(response: httpx.Response) -> timedelta:
    """Read `Retry-After`, seconds or a time (RFC 9110, 10.2.3); what is neither asks for nothing."""
    wished = response.headers.get("Retry-After", "")
    try:
        if wished.isdecimal():
            return timedelta(seconds=int(wished))
        left = parsedate_to_datetime(wished) - datetime.now(UTC)
    except (ValueError, TypeError, OverflowError):
        return timedelta()
    return max(left, timedelta())


async def _let_by(response: httpx.Response) -> None:
    left = MOST_READ
    async for chunk in response.aiter_raw():
        left -= len(chunk)
        if left <= 0:
            return


def _shown(error: Exception) -> str:
    """Write an error for the receiver's owner, and for a column of text."""
    said = str(error) or type(error).__name__
    return "".join(char if char.isprintable() else " " for char in said)[:LONGEST_REASON]
