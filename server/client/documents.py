"""What the command that adds a document does at a server."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from server.client.client import Client
from server.documents.schemas import Document, DocumentWish

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
}
"""By the end of a file's name; other files are not read."""


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a document; what is not, the service finds out."""

    title: str | None = None
    language: str | None = None
    is_public: bool = False


def is_address(source: str) -> bool:
    """Say whether it is the address of an article rather than the name of a file."""
    return source.startswith(("http://", "https://"))


async def upload_document(client: Client, source: str, about: About, *, as_json: bool) -> str:
    """Add a file or an article as a document, and say what became of it."""
    document = await (_add_article if is_address(source) else _add_file)(client, source, about)
    if as_json:
        return document.model_dump_json()
    sentences = "1 sentence" if document.sentence_count == 1 else f"{document.sentence_count:,} sentences"
    return f"{document.id} {document.title} ({document.language}, {sentences})"


async def _add_article(client: Client, url: str, about: About) -> Document:
    wish = DocumentWish.model_construct(
        title=about.title, language=about.language, is_public=about.is_public, text=None, url=url
    )
    return await client.add_document(wish, str(uuid4()))


async def _add_file(client: Client, name: str, about: About) -> Document:
    path = Path(name)
    said = {"title": about.title, "language": about.language, "is_public": str(about.is_public).lower()}
    content = await asyncio.to_thread(path.read_bytes)
    media_type = MEDIA_TYPES[path.suffix.lower()]
    return await client.add_document_file(
        content, media_type, {name: value for name, value in said.items() if value is not None}, str(uuid4())
    )
