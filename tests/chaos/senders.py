"""Those who upload: as our own client does, with second thoughts of their own."""

import asyncio
import random
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

import httpx

from server.client.client import Client
from server.client.media_types import media_type
from server.client.problems import ApiProblem, check
from server.client.retries import PASSING_AT_STORE
from server.client.sending import send
from server.uploads.schemas import UploadSession, UploadWish
from tests.chaos.ledger import Fate
from tests.chaos.plan import Intent, PlannedUpload
from tests.chaos.rig import Rig

LOOK_SECONDS = 0.3
PATIENCE_SECONDS = 240.0
NOISE_BYTES = 40_000
MULTIPART_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Senders:
    """All owners at their uploads."""

    rig: Rig
    folder: Path
    seed: int

    async def send(self, planned: PlannedUpload) -> None:
        """Do one upload as it is planned, at its time."""
        await asyncio.sleep(planned.at_seconds)
        client = self.rig.owners[planned.owner]
        if planned.intent is Intent.ABANDON:
            return await self._abandon(client, planned)
        path = await self._file(planned)
        session = await client.begin(await self._wish(path, planned))
        self.rig.ledger.begun(session.id, planned)
        self.rig.ledger.ended(session.id, await self._see_through(client, session, planned, path))
        return None

    async def _see_through(self, client: Client, session: UploadSession, planned: PlannedUpload, path: Path) -> Fate:
        if planned.intent is Intent.ABORT and planned.number % 2:
            return await _abort(client, session.id)  # before a single byte
        await _transfer(client, session, path, completes=planned.completes)
        match planned.intent:
            case Intent.NOISE | Intent.NOTES:
                return Fate.REFUSED
            case Intent.ABORT:
                await asyncio.sleep(planned.pause_seconds)
                return await _abort(client, session.id)
            case Intent.DELETE:
                return await _delete(client, session.id, planned.pause_seconds)
            case _:
                return Fate.COMPLETED

    async def _abandon(self, client: Client, planned: PlannedUpload) -> None:
        """Begin an upload, in parts or by form, and send nothing."""
        size = MULTIPART_BYTES if planned.number % 2 else NOISE_BYTES
        callback = self.rig.telling.wish(planned)
        wish = UploadWish(filename="never.mp4", content_type="video/mp4", size=size, callback=callback)
        session = await client.begin(wish)
        self.rig.ledger.begun(session.id, planned)
        self.rig.ledger.ended(session.id, Fate.EXPIRED)

    async def _wish(self, path: Path, planned: PlannedUpload) -> UploadWish:
        size, callback = (await asyncio.to_thread(path.stat)).st_size, self.rig.telling.wish(planned)
        return UploadWish(filename=path.name, content_type=await media_type(path), size=size, callback=callback)

    async def _file(self, planned: PlannedUpload) -> Path:
        path = self.folder / f"{planned.number}{planned.clip.extension}"
        match planned.intent:
            case Intent.NOISE:
                noise = random.Random(f"{self.seed} {planned.number}").randbytes(NOISE_BYTES)  # noqa: S311 - repeatable
                await asyncio.to_thread(path.write_bytes, bytes(16) + noise)
            case Intent.NOTES:
                await asyncio.to_thread(path.write_text, f"These are notes, and these are number {planned.number}.")
            case _:
                await planned.clip.record(path, self.rig.ffmpeg.real)
        return path


async def _transfer(client: Client, session: UploadSession, path: Path, *, completes: bool) -> None:
    """Send the bytes; a sender who does not complete leaves it to S3 to tell of them."""
    if completes:
        await send(client, session, path, lambda _: None)
        return
    content = await asyncio.to_thread(path.read_bytes)

    async def post() -> httpx.Response:
        return await client.store.post(session.url, data=session.fields, files={"file": content})

    check(await client.retries.run(post, PASSING_AT_STORE))


async def _abort(client: Client, upload_id: UUID) -> Fate:
    try:
        await client.abort(upload_id)
    except ApiProblem as problem:
        if problem.status != HTTPStatus.CONFLICT:
            raise
        return Fate.COMPLETED  # too late: it was accepted already
    return Fate.ABORTED


async def _delete(client: Client, upload_id: UUID, pause_seconds: float) -> Fate:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (result_id := (await client.upload(upload_id)).result_id) is None:
            await asyncio.sleep(LOOK_SECONDS)
    await asyncio.sleep(pause_seconds / 2)
    try:
        await client.delete_result(result_id)
    except ApiProblem as problem:
        if problem.status != HTTPStatus.NOT_FOUND:  # the answer to the attempt before was lost
            raise
    return Fate.GONE
