"""People who read aloud, against a real S3."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from server.aws.store import Address, Store
from server.documents.kinds import Origin
from server.documents.models import Document, Sentence
from server.recitals import slices
from server.recitals.models import Recital
from server.settings import Settings
from server.tasks.models import IS_OPEN, Kind, Task
from server.unit_of_work import Units
from server.users.models import Role
from tests.results.conftest import Shelf, know
from tests.tokens import Pool

WEBM = "audio/webm;codecs=opus"
TEXTS = ("It was a bright morning.", "Nobody was about.", "The clock had stopped.")


@dataclass(frozen=True)
class Reader:
    """A speaker with a browser."""

    http: httpx.AsyncClient
    units: Units
    id: UUID
    headers: dict[str, str] = field(repr=False)

    async def document(self, *texts: str, **changed: Any) -> str:
        """Add a document of the reader's own, and return its id."""
        texts = texts or TEXTS
        document = Document(
            owner_id=self.id,
            title="A walk",
            language="en",
            origin=Origin.TEXT,
            sentence_count=len(texts),
            character_count=sum(map(len, texts)),
        )
        for name, value in changed.items():
            setattr(document, name, value)
        async with self.units.begin() as work:
            work.session.add(document)
            await work.session.flush()
            work.session.add_all(
                Sentence(document_id=document.id, index=index, paragraph=0, text=text)
                for index, text in enumerate(texts)
            )
        return str(document.id)

    async def begin(self) -> str:
        """Begin to read a new document, and return the recital's id."""
        begun = await self.http.post("/recitals", json={"document_id": await self.document()}, headers=self.headers)
        assert begun.status_code == 201, begun.text
        recital_id: str = begun.json()["id"]
        return recital_id

    async def send(self, recital_id: str, sequence: int, content: Any, **headers: str) -> httpx.Response:
        """Send a slice."""
        fields = self.headers | {"content-type": WEBM} | {name.replace("_", "-"): headers[name] for name in headers}
        return await self.http.put(f"/recitals/{recital_id}/audio/{sequence}", content=content, headers=fields)

    async def say(self, recital_id: str, index: int, seek_end: float, text: str, **more: Any) -> httpx.Response:
        """Send a text segment."""
        wish = {"index": index, "seek_end": seek_end, "text": text} | more
        return await self.http.post(f"/recitals/{recital_id}/text-segments", json=wish, headers=self.headers)

    async def end(self, recital_id: str, last_sequence: int | None, **more: Any) -> httpx.Response:
        """End a recital."""
        wish = {"last_sequence": last_sequence} | more
        return await self.http.post(f"/recitals/{recital_id}/end", json=wish, headers=self.headers)

    async def disavow(self, recital_id: str) -> httpx.Response:
        """Take a recital back."""
        return await self.http.delete(f"/recitals/{recital_id}", headers=self.headers)

    async def show(self, recital_id: str, path: str = "") -> dict[str, Any]:
        """Look at a recital, or at something of it."""
        answer = await self.http.get(f"/recitals/{recital_id}{path}", headers=self.headers)
        shown: dict[str, Any] = answer.json()
        return shown

    async def row(self, recital_id: str) -> Recital:
        """Read the row anew."""
        async with self.units.begin() as work:
            return await work.session.get_one(Recital, UUID(recital_id), populate_existing=True)

    async def change(self, recital_id: str, **changed: Any) -> None:
        """Have a recital come further, as a worker would."""
        async with self.units.begin() as work:
            recital = await work.session.get_one(Recital, UUID(recital_id))
            for name, value in changed.items():
                setattr(recital, name, value)

    async def work_for(self, subject: str) -> list[Kind]:
        """Name what is to be done for a subject."""
        async with self.units.begin() as work:
            query = select(Task.kind).where(Task.subject_id == UUID(subject), IS_OPEN).order_by(Task.id)
            return list((await work.session.execute(query)).scalars())


@dataclass(frozen=True)
class Shelves:
    """What lies in S3."""

    store: Store
    settings: Settings

    async def slices(self, reader: Reader, recital_id: str) -> dict[str, bytes]:
        """Return what lies of a recital's slices, by what follows the prefix in their keys."""
        return await self._under(self.settings.aws.raw_bucket, slices.prefix(reader.id, UUID(recital_id)))

    async def put_file(self, recital_id: str, name: str, content: bytes) -> Address:
        """Put one of a recital's files."""
        address = Address(self.settings.aws.content_bucket, f"{recital_id}/{name}")
        await self.store.clients.s3.put_object(Bucket=address.bucket, Key=address.key, Body=content)
        return address

    async def _under(self, bucket: str, prefix: str) -> dict[str, bytes]:
        found = {}
        async for page in self.store.pages(bucket, prefix):
            for listed in page:
                async with self.store.reading(listed.address) as pieces:
                    content = b"".join([piece async for piece in pieces])
                found[listed.address.key.removeprefix(prefix)] = content
        return found


async def reader(http: httpx.AsyncClient, units: Units, pool: Pool, name: str, role: Role = Role.SPEAKER) -> Reader:
    """Let somebody come who may read aloud."""
    return Reader(http, units, await know(units, pool, name, role), pool.person(name))


@pytest.fixture
async def mine(http: httpx.AsyncClient, units: Units, pool: Pool) -> Reader:
    """Me."""
    return await reader(http, units, pool, "me")


@pytest.fixture
def shelves(store: Store, settings: Settings) -> Shelves:
    """The local S3."""
    return Shelves(store, settings)


@pytest.fixture
def shelf(units: Units, store: Store, settings: Settings, mine: Reader) -> Shelf:
    """My results."""
    return Shelf(units, store, settings, mine.id)
