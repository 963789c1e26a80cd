"""Writing documents and their sentences."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import JSON, Integer, Text, cast, column, delete, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth.principal import Principal
from server.documents.models import Document, Sentence


class DocumentRepository:
    """Documents as those see them who may change them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, document: Document, batches: Iterable[bytes]) -> None:
        """Add a document with its sentences, as `Reading` has them."""
        self._session.add(document)
        await self._session.flush()
        await self._write(document.id, batches)

    async def replace_sentences(self, document_id: UUID, batches: Iterable[bytes]) -> None:
        """Put other sentences in the place of a document's."""
        await self._session.execute(delete(Sentence).where(Sentence.document_id == document_id))
        await self._write(document_id, batches)

    async def editable(self, editor: Principal, document_id: UUID, *, lock: bool) -> Document | None:
        """Return a document that the editor may change; locked, as it is now."""
        query = select(Document).where(Document.id == document_id)
        if not editor.sees_all:
            query = query.where(Document.owner_id == editor.user_id)
        if lock:
            # Not as for a deletion: recitals that begin meanwhile refer to it, and need not wait.
            query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
        document: Document | None = await self._session.scalar(query)
        return document

    async def _write(self, document_id: UUID, batches: Iterable[bytes]) -> None:
        for batch in batches:
            # As JSON into the database, which takes it apart: a hundred thousand rows would hold up the event loop.
            rows = (
                func.json_to_recordset(cast(literal(batch.decode(), Text), JSON))
                .table_valued(column("index", Integer), column("paragraph", Integer), column("text", Text))
                .render_derived(name="batch", with_types=True)
            )
            values = select(literal(document_id), rows.c.index, rows.c.paragraph, rows.c.text)
            columns = [Sentence.document_id, Sentence.index, Sentence.paragraph, Sentence.text]
            await self._session.execute(insert(Sentence).from_select(columns, values))
