"""Recitals in front of a stage, with all that a recital may have."""

from pathlib import Path
from typing import Any

from server.documents.kinds import Origin
from server.documents.models import Document, Sentence
from server.recitals import files, slices
from server.recitals.models import AudioSlice, Recital, TextSegment
from server.recitals.state import RecitalStatus
from tests.pipeline.conftest import Bench

TEXTS = ("It was a bright morning.", "Nobody was about.")
FILES = ("light.m4a", "main.webm", "source.webm", "transcript.vtt")


async def write(bench: Bench, *texts: str, **changed: Any) -> Document:
    """Make a document of the bench's owner, each text a paragraph of its own."""
    texts = texts or TEXTS
    document = Document(
        owner_id=bench.owner,
        title="A walk",
        language="en",
        origin=Origin.TEXT,
        sentence_count=len(texts),
        character_count=sum(map(len, texts)),
    )
    for name, value in changed.items():
        setattr(document, name, value)
    async with bench.tools.units.begin() as work:
        work.session.add(document)
        await work.session.flush()
        work.session.add_all(
            Sentence(document_id=document.id, index=index, paragraph=index, text=text)
            for index, text in enumerate(texts)
        )
    return document


async def recite(
    bench: Bench, folder: Path, document: Document, status: RecitalStatus = RecitalStatus.ENDED, **changed: Any
) -> Recital:
    """Make a recital with a slice and a segment for each text, the objects of both kinds in their buckets."""
    recital = Recital(owner_id=bench.owner, document_id=document.id, title=document.title, language=document.language)
    for name, value in ({"status": status} | changed).items():
        setattr(recital, name, value)
    async with bench.tools.units.begin() as work:
        work.session.add(recital)
    for number, text in enumerate(TEXTS):
        content = text.encode()
        key = f"{slices.prefix(bench.owner, recital.id)}{number:06}-{number:016x}"
        address = await bench.put(content, key, folder)
        segment = TextSegment(recital_id=recital.id, index=number, end_ms=1000 * number, text=text)
        slice_ = AudioSlice(
            recital_id=recital.id,
            sequence=number,
            content_type="audio/webm",
            size=len(content),
            sha256=f"{number:064x}",
            bucket=address.bucket,
            key=address.key,
        )
        async with bench.tools.units.begin() as work:
            work.session.add_all([segment, slice_])
    for name in FILES:
        await bench.put(name.encode(), files.prefix(recital.id) + name, folder, bench.tools.settings.aws.content_bucket)
    return recital


async def objects(bench: Bench, recital: Recital) -> list[str]:
    """Name what lies of a recital in both buckets, without what their keys begin with."""
    aws, found = bench.tools.settings.aws, []
    for bucket, prefix in (
        (aws.raw_bucket, slices.prefix(recital.owner_id, recital.id)),
        (aws.content_bucket, files.prefix(recital.id)),
    ):
        async for page in bench.tools.store.pages(bucket, prefix):
            found += [listed.address.key.removeprefix(prefix) for listed in page]
    return found
