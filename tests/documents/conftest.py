"""People who add documents and read them aloud."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import pytest

from server.documents.kinds import Origin
from server.documents.models import Document
from server.documents.repository import DocumentRepository
from server.recitals.models import Recital, TextSegment
from server.recitals.state import RecitalStatus
from server.unit_of_work import Units
from server.users.models import Role
from tests.results.conftest import know
from tests.tokens import Pool


@dataclass(frozen=True)
class Author:
    """Somebody who is signed in."""

    http: httpx.AsyncClient
    units: Units
    id: UUID
    headers: dict[str, str] = field(repr=False)

    async def add(self, **wish: Any) -> httpx.Response:
        """Add a document."""
        return await self.http.post("/documents", json=wish, headers=self.headers)

    async def put(self, *texts: str, **changed: Any) -> str:
        """Put a document of one paragraph there, without having a text read, and return its id."""
        document = Document(
            owner_id=self.id,
            title="A title",
            language="en",
            origin=Origin.TEXT,
            sentence_count=len(texts),
            character_count=sum(map(len, texts)),
        )
        for name, value in changed.items():
            setattr(document, name, value)
        rows = [{"index": index, "paragraph": 0, "text": text} for index, text in enumerate(texts)]
        async with self.units.begin() as work:
            await DocumentRepository(work.session).add(document, [json.dumps(rows).encode()])
        return str(document.id)

    async def send(self, content: bytes, content_type: str, **query: Any) -> httpx.Response:
        """Add a file."""
        headers = self.headers | {"Content-Type": content_type}
        return await self.http.post("/documents/file", content=content, params=query, headers=headers)

    async def get(self, path: str = "", **query: Any) -> httpx.Response:
        """Read something of documents."""
        return await self.http.get(f"/documents{path}", params=query, headers=self.headers)

    async def edit(self, document_id: str, revision: str | None, **wish: Any) -> httpx.Response:
        """Change a document."""
        headers = self.headers | ({"If-Match": revision} if revision else {})
        return await self.http.patch(f"/documents/{document_id}", json=wish, headers=headers)

    async def titles(self, **query: Any) -> list[str]:
        """List documents."""
        return [document["title"] for document in (await self.get(**query)).json()["items"]]

    async def texts(self, document_id: str) -> list[str]:
        """List the sentences of a document."""
        page = (await self.get(f"/{document_id}/sentences", limit=500)).json()
        return [sentence["text"] for sentence in page["items"]]

    async def read(
        self,
        document_id: str,
        texts: Sequence[str],
        *,
        skip: Sequence[int] = (),
        discard_last: int = 0,
        status: RecitalStatus = RecitalStatus.ENDED,
    ) -> None:
        """Read aloud; the segments in `skip` don't count."""
        recital = Recital(
            owner_id=self.id,
            document_id=UUID(document_id),
            title="A title",
            language="en",
            status=status,
            discard_last=discard_last,
        )
        async with self.units.begin() as work:
            work.session.add(recital)
            await work.session.flush()
            work.session.add_all(
                TextSegment(recital_id=recital.id, index=index, end_ms=index, text=text, does_not_count=index in skip)
                for index, text in enumerate(texts)
            )


async def come(http: httpx.AsyncClient, units: Units, pool: Pool, name: str, role: Role = Role.NONE) -> Author:
    """Let somebody sign in."""
    return Author(http, units, await know(units, pool, name, role), pool.person(name))


@pytest.fixture
async def author(http: httpx.AsyncClient, units: Units, pool: Pool) -> Author:
    """Me."""
    return await come(http, units, pool, "author")


@pytest.fixture
async def other(http: httpx.AsyncClient, units: Units, pool: Pool) -> Author:
    """Somebody else."""
    return await come(http, units, pool, "other")


@pytest.fixture
async def admin(http: httpx.AsyncClient, units: Units, pool: Pool) -> Author:
    """An admin."""
    return await come(http, units, pool, "admin", Role.ADMIN)
