"""A speaker who reads aloud, with nothing but HTTP."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx

from tests.recorder import cut, record

SENTENCES = (("And Mr. John Dashwood had then leisure", 2600), ("to consider how much there might be.", 5500))


async def recite(client: httpx.AsyncClient, slices: Sequence[bytes] | None = None) -> str:
    """Read a new document aloud to its end, and return the recital's id."""
    text = " ".join(sentence for sentence, _ in SENTENCES)
    wish = {"title": "A walk", "language": "en", "text": text}
    document = (await client.post("/documents", json=wish)).raise_for_status().json()
    recital = (await client.post("/recitals", json={"document_id": document["id"]})).raise_for_status().json()
    here = f"/recitals/{recital['id']}"
    sounds = slices or cut(record(), 5)
    for sequence, content in enumerate(sounds):
        sent = await client.put(
            f"{here}/audio/{sequence}", content=content, headers={"Content-Type": "audio/webm;codecs=opus"}
        )
        sent.raise_for_status()
    for index, (sentence, end_ms) in enumerate(SENTENCES):
        segment = {"index": index, "seek_end": end_ms / 1000, "text": sentence}
        (await client.post(f"{here}/text-segments", json=segment)).raise_for_status()
    (await client.post(f"{here}/end", json={"last_sequence": len(sounds) - 1})).raise_for_status()
    return str(recital["id"])


async def published(client: httpx.AsyncClient, recital_id: str) -> dict[str, Any]:
    """Wait until a recital is published, and return it."""
    while True:
        recital: dict[str, Any] = (await client.get(f"/recitals/{recital_id}")).raise_for_status().json()
        assert recital["status"] in {"ended", "aggregated", "uploaded"}, recital
        if recital["status"] == "uploaded":
            return recital
        await asyncio.sleep(0.1)
