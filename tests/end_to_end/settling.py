"""Uploads sent side by side, and what becomes of each."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from tests.end_to_end.foreign import send

FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 1.6
"""Dozens are waited for at once: were each asked after all the time, they would wait for the answers."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How an upload, or the result that it became, has ended."""

    status: str
    error: dict[str, str] | None
    result: dict[str, Any]

    @property
    def code(self) -> str | None:
        """The word that tells programs why."""
        return self.error["code"] if self.error else None

    @property
    def text(self) -> str:
        """What was heard."""
        return self.result.get("text") or ""


async def settled(client: httpx.AsyncClient, upload_id: str) -> Ending:
    """Wait until nothing more becomes of an upload."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        upload = (await client.get(f"/uploads/{upload_id}")).raise_for_status().json()
        if upload["status"] not in {"pending", "uploaded"}:
            return Ending(upload["status"], upload["error"], {})
        if upload["result_id"]:
            result = (await client.get(f"/results/{upload['result_id']}")).raise_for_status().json()
            if result["status"] in {"completed", "failed"}:
                return Ending(result["status"], result["error"], result)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)


async def process(client: httpx.AsyncClient, content: bytes, **wish: object) -> Ending:
    """Upload a file and wait for its end."""
    return await settled(client, await send(client, content, complete=True, **wish))
