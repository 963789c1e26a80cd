"""Texts that are read aside."""

import asyncio
from uuid import uuid4

from server.documents.kinds import Form
from server.documents.reading import Reader, Source

LONG = Source(b"It was late. Nobody came.\n\n" * 4_000, Form.TEXT, language="en")
SHORT = Source(b"It was late.", Form.TEXT, language="en")


async def test_nobody_takes_all_places() -> None:
    """Of each person one text is read at a time, so that others' come in between."""
    reader, one, other = Reader(), uuid4(), uuid4()
    ended: list[str] = []

    async def read(name: str, source: Source) -> None:
        await reader.read(source, one if name == "long" else other)
        ended.append(name)

    async with asyncio.TaskGroup() as reading:
        for _ in range(3):
            reading.create_task(read("long", LONG))
        reading.create_task(read("short", SHORT))
    assert ended.index("short") <= 1


async def test_language_that_is_none() -> None:
    """What a page calls its language counts if it can be one: it goes on to recitals and recordings."""
    page = b"<html lang=en" + b"-aaaaaaaa" * 9 + b"><p>One."
    reading = await Reader().read(Source(page, Form.HTML, spoken="nl"), uuid4())
    assert reading.summary.language == "nl"
