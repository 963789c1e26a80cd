"""The operations of the public API, one method each."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Self
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx
from pydantic import BaseModel, SecretStr

from server.admin.people_schemas import ApprovalMade, ApprovalWish, PeoplePage, PersonShown, RoleWish
from server.admin.schemas import QueuesShown, Redriven, RedriveWish, SweepBegun
from server.client.event_stream import StreamEvent, read_events
from server.client.problems import check, read_as
from server.client.retries import Retries
from server.documents.schemas import Document, DocumentWish
from server.invites.schemas import InviteMade, InviteWish
from server.results.schemas import Result, ResultPage
from server.uploads.schemas import PartsWish, SignedParts, StoredParts, UploadSession, UploadState, UploadWish
from server.users.kinds import Role
from server.users.schemas import GivenRole

Extension = Literal["txt", "docx", "vtt", "srt", "tsv", "json"]

PREFIX = "/api/v1"
CONNECT_SECONDS = 5.0
ANSWER = httpx.Timeout(30.0, connect=CONNECT_SECONDS)
TRANSFER = httpx.Timeout(60.0, connect=CONNECT_SECONDS)
QUIET = httpx.Timeout(45.0, connect=CONNECT_SECONDS)
"""The service sends a comment every 15 s when nothing happens; a stream that is silent for longer is dead."""

NEAR = ("all://127.0.0.1", "all://localhost")
"""No proxy leads to this machine itself, whatever the environment says."""


class NewKey(BaseModel):
    """An API key that was just made; the rest of what is told of it doesn't matter here."""

    key: SecretStr


@dataclass(frozen=True, slots=True)
class Client:
    """A caller of the API.

    Each method may raise `ApiProblem` (`NotSignedIn` for 401) when the service refuses, and `Unreachable` when it
    doesn't answer. Passing trouble is tried again.

    Attributes:
        store: sends to signed addresses, without any credential.
    """

    api: httpx.AsyncClient
    store: httpx.AsyncClient
    retries: Retries = field(default_factory=Retries)

    @classmethod
    @asynccontextmanager
    async def connect(cls, server: str, auth: httpx.Auth, retries: Retries | None = None) -> AsyncIterator[Self]:
        """Open connections to a server, such as `https://lectern.example.org`, for as long as the context lasts."""
        near: dict[str, httpx.AsyncBaseTransport | None] = dict.fromkeys(NEAR)
        tls = httpx.create_ssl_context()  # takes as long as a request; one does for both
        address = server.rstrip("/") + PREFIX
        async with (
            httpx.AsyncClient(base_url=address, auth=auth, timeout=ANSWER, mounts=near, verify=tls) as api,
            httpx.AsyncClient(timeout=TRANSFER, mounts=near, verify=tls) as store,
        ):
            yield cls(api, store, retries or Retries())

    async def begin(self, wish: UploadWish) -> UploadSession:
        """Begin an upload: where to send the bytes, and until when. However often it is tried, it is one upload."""
        answer = await self._post("/uploads", wish, {"Idempotency-Key": str(uuid4())})
        return read_as(UploadSession, answer)

    async def upload(self, upload_id: UUID) -> UploadState:
        """Say how an upload stands."""
        return read_as(UploadState, await self._get(f"/uploads/{upload_id}"))

    async def sign_again(self, upload_id: UUID) -> UploadSession:
        """Give a pending upload new addresses, and all its time anew."""
        return read_as(UploadSession, await self._post(f"/uploads/{upload_id}/sign"))

    async def sign_parts(self, upload_id: UUID, numbers: Sequence[int]) -> SignedParts:
        """Sign the addresses that parts are PUT to."""
        answer = await self._post(f"/uploads/{upload_id}/parts", PartsWish(part_numbers=list(numbers)))
        return read_as(SignedParts, answer)

    async def stored_parts(self, upload_id: UUID) -> StoredParts:
        """List the parts that have arrived."""
        return read_as(StoredParts, await self._get(f"/uploads/{upload_id}/parts"))

    async def complete(self, upload_id: UUID) -> UploadState:
        """Say that all bytes are sent."""
        return read_as(UploadState, await self._post(f"/uploads/{upload_id}/complete"))

    async def abort(self, upload_id: UUID) -> None:
        """Give an upload up."""
        await self._ask("DELETE", f"/uploads/{upload_id}")

    async def results(self, limit: int = 20, cursor: str | None = None) -> ResultPage:
        """List results, newest first."""
        wanted = {"limit": limit} | ({"cursor": cursor} if cursor is not None else {})
        return read_as(ResultPage, await self._ask("GET", "/results", params=wanted))

    async def result(self, result_id: UUID) -> Result:
        """Show a result with its text so far."""
        return read_as(Result, await self._get(f"/results/{result_id}"))

    async def transcript(self, result_id: UUID, extension: Extension) -> bytes:
        """Return the whole text of a completed result as a file of the format that the extension names."""
        return (await self._get(f"/results/{result_id}/transcript.{extension}")).content

    async def delete_result(self, result_id: UUID) -> None:
        """Delete a result and its files."""
        await self._ask("DELETE", f"/results/{result_id}")

    async def add_document(self, wish: DocumentWish, key: str) -> Document:
        """Add a text or an article as a document. With the same key it is added once, however often it is tried."""
        body = wish.model_dump(mode="json")
        return await self._add("/documents", {"Idempotency-Key": key}, json=body)

    async def add_document_file(self, content: bytes, media_type: str, about: Mapping[str, str], key: str) -> Document:
        """Add a file as a document; `about` says what is known of it: `title`, `language`, `is_public`."""
        headers = {"Idempotency-Key": key, "Content-Type": media_type}
        return await self._add("/documents/file", headers, content=content, params=about)

    async def queues(self) -> QueuesShown:
        """Say how full every queue is; for admins, as are the following."""
        return read_as(QueuesShown, await self._get("/admin/queues"))

    async def redrive(self, queue: str, ids: Sequence[str] = ()) -> Redriven:
        """Send dead letters back to where they died: those with the ids, or as many as one request moves."""
        wish = RedriveWish(ids=list(ids)) if ids else None
        return read_as(Redriven, await self._post(f"/admin/queues/{quote(queue, safe='')}/redrive", wish))

    async def sweep(self) -> SweepBegun:
        """Have done now what is done regularly."""
        return read_as(SweepBegun, await self._post("/admin/sweep"))

    async def people(self, beginning: str) -> AsyncIterator[PersonShown]:
        """Find people whose address or name begins so, newest first."""
        wanted: dict[str, str | int] = {"query": beginning, "limit": 100}
        while True:
            page = read_as(PeoplePage, await self._ask("GET", "/admin/people", params=wanted))
            for person in page.items:
                yield person
            if page.next_cursor is None:
                return
            wanted |= {"cursor": page.next_cursor}

    async def change_role(self, person_id: UUID, role: Role) -> PersonShown:
        """Give a person another role."""
        body = RoleWish(role=role).model_dump(mode="json")
        return read_as(PersonShown, await self._ask("PATCH", f"/admin/people/{person_id}", json=body))

    async def approve(self, email: str, role: GivenRole) -> ApprovalMade:
        """Give a role to whoever has an address, now or when they first sign in."""
        wish = ApprovalWish.model_construct(email=email, role=role)  # whether it is one, the service says
        return read_as(ApprovalMade, await self._post("/admin/approvals", wish))

    async def withdraw_approval(self, email: str) -> None:
        """Take back what an address was approved for."""
        await self._ask("DELETE", f"/admin/approvals/{quote(email, safe='@')}")

    async def make_invite(self, wish: InviteWish) -> InviteMade:
        """Make an invite. One that is lost on the way is made again, and the lost one is known to nobody."""
        return read_as(InviteMade, await self._post("/admin/invites", wish))

    async def make_key(self, name: str, scope: str, expires_at: datetime | None) -> NewKey:
        """Make an API key of the caller's. One that is lost on the way is made again; nobody knows the lost one."""
        body = {"name": name, "scope": scope, "expires_at": expires_at.isoformat() if expires_at else None}
        return read_as(NewKey, await self._ask("POST", "/auth/keys", json=body))

    @asynccontextmanager
    async def events(self) -> AsyncIterator[AsyncIterator[StreamEvent]]:
        """Open the stream of the caller's own changes. It is tried once; whoever follows it connects again.

        Raises:
            httpx.TransportError: no connection; or, while reading, that it is lost.
        """
        async with self.api.stream("GET", "/events", timeout=QUIET) as response:
            if not response.is_success:
                await response.aread()
            yield read_events(check(response).aiter_bytes())

    async def _add(self, path: str, headers: Mapping[str, str], **sent: Any) -> Document:  # noqa: ANN401 - a body is anything
        async def send() -> httpx.Response:
            return await self.api.post(path, headers=headers, timeout=TRANSFER, **sent)

        # A 503 tells that Wikipedia was asked several times already.
        return read_as(Document, check(await self.retries.run(send, passing=())))

    async def _get(self, path: str) -> httpx.Response:
        return await self._ask("GET", path)

    async def _post(
        self, path: str, body: BaseModel | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        json = body.model_dump(mode="json") if body is not None else None
        return await self._ask("POST", path, json=json, headers=headers)

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        headers: dict[str, str] | None = None,
        params: dict[str, str | int] | None = None,
    ) -> httpx.Response:
        async def send() -> httpx.Response:
            return await self.api.request(method, path, json=json, headers=headers, params=params)

        return check(await self.retries.run(send))
