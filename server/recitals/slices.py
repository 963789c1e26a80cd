"""Slices of a recital's sound as they come, in any order and more than once."""

import asyncio
import hashlib
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from uuid import UUID

from starlette.requests import ClientDisconnect

from server.auth.principal import Principal
from server.aws.store import Address, Store
from server.problems import NotFound
from server.recitals.ending import end_if_whole
from server.recitals.models import AudioSlice, Recital
from server.recitals.problems import (
    DigestMismatch,
    RecitalClosed,
    SliceDiffers,
    SliceIncomplete,
    SliceTypeNotAccepted,
)
from server.recitals.repository import RecitalRepository
from server.recitals.state import TAKING, RecitalStatus
from server.settings import MEGABYTE
from server.unit_of_work import UnitOfWork

TYPES = ("audio/webm", "audio/mp4", "audio/ogg", "audio/wav")
SECONDS = 120.0
"""For the bytes of a slice to come."""
IN_MEMORY = MEGABYTE
SHA256 = re.compile(r"(?:^|[,\s])sha-256=([^,;\s]*)")
"""In a dictionary of RFC 8941, as `Content-Digest` is one: https://www.rfc-editor.org/rfc/rfc9530#name-the-content-digest-field"""

KEY = re.compile(r"[0-9a-f-]{36}/recitals/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/[0-9]{6}-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Arriving:
    """A slice whose bytes are still to come; `content_type` and `content_digest` are the fields of the request."""

    recital_id: UUID
    sequence: int
    content_type: str
    content_digest: str | None
    body: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Arrived:
    """The bytes of a slice; `sha256` in hex, `size` in bytes."""

    file: "SpooledTemporaryFile[bytes]"
    size: int
    sha256: str


def prefix(owner_id: UUID, recital_id: UUID) -> str:
    """Return how the keys of a recital's slices begin."""
    return f"{owner_id}/recitals/{recital_id}/"


def recital_of(key: str) -> UUID | None:
    """Return the recital that a key of the raw bucket is a slice of, if it is one."""
    found = KEY.fullmatch(key)
    return UUID(found[1]) if found is not None else None


async def take_in(work: UnitOfWork, store: Store, bucket: str, speaker: Principal, arriving: Arriving) -> None:
    """Keep a slice, first in S3 and then by its row; the same again changes nothing.

    While bytes come and go, no connection to the database is held: whoever sends slowly keeps nobody else waiting.

    Raises:
        NotFound: there is no such recital, or it is another's.
        SliceTypeNotAccepted: it is not what recorders of browsers make.
        SliceIncomplete: not all bytes came.
        DigestMismatch: other bytes came than those that were to be sent.
        SliceDiffers: the number has other bytes.
        RecitalClosed: it takes nothing more, or nothing beyond its last slice.
    """
    recital_id, sequence = arriving.recital_id, arriving.sequence
    media_type = arriving.content_type.partition(";")[0].strip().lower()
    await _check_wanted(work, speaker, arriving, media_type)
    await work.session.commit()  # gives the connection back
    async with _arrived(arriving) as arrived:
        if await _is_kept(work, recital_id, sequence, arrived.sha256):
            return
        await work.session.commit()
        # A digest in the key: of two who send different bytes at once, neither writes over the other's.
        key = f"{prefix(speaker.user_id, recital_id)}{sequence:06}-{arrived.sha256[:16]}"
        await store.put_checked(Address(bucket, key), arrived.file, media_type, sha256=arrived.sha256)
    row = AudioSlice(
        recital_id=recital_id,
        sequence=sequence,
        content_type=media_type,
        size=arrived.size,
        sha256=arrived.sha256,
        bucket=bucket,
        key=key,
    )
    await _write_down(work, store, speaker, row)


async def _check_wanted(work: UnitOfWork, speaker: Principal, arriving: Arriving, media_type: str) -> None:
    """Refuse before any byte is read what would be refused after it."""
    recitals = RecitalRepository(work)
    recital = await recitals.own(speaker, arriving.recital_id)
    if recital is None:
        raise NotFound("recital")
    if media_type not in TYPES:
        raise SliceTypeNotAccepted(media_type, TYPES)
    if await recitals.slice(recital.id, arriving.sequence) is None:
        _check_open(recital, arriving.sequence)


@asynccontextmanager
async def _arrived(arriving: Arriving) -> AsyncIterator[Arrived]:
    """Give the bytes once they are all there: S3 takes no object whose length and digest are not told first."""
    digest, size = hashlib.sha256(), 0
    with SpooledTemporaryFile(IN_MEMORY) as file:
        try:
            async with asyncio.timeout(SECONDS):
                async for piece in arriving.body:
                    digest.update(piece)
                    size += len(piece)
                    await asyncio.to_thread(file.write, piece)
        except (ClientDisconnect, TimeoutError):
            raise SliceIncomplete from None
        told = SHA256.search(arriving.content_digest or "")
        if told is not None and told[1] != f":{b64encode(digest.digest()).decode()}:":
            raise DigestMismatch
        file.seek(0)
        yield Arrived(file, size, digest.hexdigest())


async def _write_down(work: UnitOfWork, store: Store, speaker: Principal, row: AudioSlice) -> None:
    recitals = RecitalRepository(work)
    recital = await recitals.own(speaker, row.recital_id, for_change=True)
    if recital is None or recital.status is RecitalStatus.DISCARDED:
        # It was taken back meanwhile, and its objects perhaps removed before this one was there.
        await store.delete([row.address])
        raise NotFound("recital") if recital is None else _closed(recital)
    if await _is_kept(work, row.recital_id, row.sequence, row.sha256):
        return
    _check_open(recital, row.sequence)
    work.session.add(row)
    await work.session.flush()
    await recitals.note_life(recital.id)
    await end_if_whole(work, recital)


async def _is_kept(work: UnitOfWork, recital_id: UUID, sequence: int, sha256: str) -> bool:
    kept = await RecitalRepository(work).slice(recital_id, sequence)
    if kept is not None and kept.sha256 != sha256:
        raise SliceDiffers(sequence)
    return kept is not None


def _check_open(recital: Recital, sequence: int) -> None:
    is_within = recital.last_sequence is None or sequence <= recital.last_sequence
    if recital.status not in TAKING or not is_within:
        raise _closed(recital)


def _closed(recital: Recital) -> RecitalClosed:
    return RecitalClosed(recital.status, recital.last_sequence)
