"""Objects that are written while their bytes are still being made.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from server.aws.clients import Clients
from server.aws.store import Address
from server.aws.transfers import Transfers

if TYPE_CHECKING:
    from types_aiobotocore_s3.type_defs import CompletedPartTypeDef

SMALLEST_PART = 8 * 1024**2
MOST_PARTS = 10_000
CHECKSUM: Final = "CRC32"


def part_size(expected: int) -> int:
    """Return how large parts have to be for an object of `expected` bytes, give or take half."""
    return max(SMALLEST_PART, 2 * expected // MOST_PARTS)


@dataclass(slots=True)
class Growing:
    """An object under way; one part of it is held in memory."""

    clients: Clients
    address: Address
    multipart_id: str
    part_size: int
    size: int = 0
    _held: bytearray = field(default_factory=bytearray)
    _parts: "list[CompletedPartTypeDef]" = field(default_factory=list)

    async def write(self, piece: bytes) -> None:
        """Add bytes; every so often, that sends a part."""
        self.size += len(piece)
        self._held += piece
        while len(self._held) >= self.part_size:
            await self._send(self.part_size)

    async def complete(self) -> None:
        """Send the rest, and let the object come into being."""
        if self._held:
            await self._send(len(self._held))
        await self.clients.s3.complete_multipart_upload(
            Bucket=self.address.bucket,
            Key=self.address.key,
            UploadId=self.multipart_id,
            MultipartUpload={"Parts": self._parts},
        )

    async def _send(self, length: int) -> None:
        number = len(self._parts) + 1
        sent = await self.clients.s3.upload_part(
            Bucket=self.address.bucket,
            Key=self.address.key,
            UploadId=self.multipart_id,
            PartNumber=number,
            Body=bytes(self._held[:length]),
            ChecksumAlgorithm=CHECKSUM,
        )
        del self._held[:length]
        part: CompletedPartTypeDef = {"PartNumber": number, "ETag": sent["ETag"]}
        if "ChecksumCRC32" in sent:  # a store that is only compatible may not tell
            part["ChecksumCRC32"] = sent["ChecksumCRC32"]
        self._parts.append(part)


@asynccontextmanager
async def growing(clients: Clients, address: Address, content_type: str, expected: int) -> AsyncIterator[Growing]:
    """Give an object to write to; it comes into being at the end, or not at all when the block raises.

    Args:
        clients: where it is written.
        address: where it will lie.
        content_type: what it is.
        expected: its bytes, give or take half.
    """
    begun = await clients.s3.create_multipart_upload(
        Bucket=address.bucket, Key=address.key, ContentType=content_type, ChecksumAlgorithm=CHECKSUM
    )
    target = Growing(clients, address, begun["UploadId"], part_size(expected))
    try:
        yield target
        await target.complete()
    except BaseException:
        # Parts that stay are thrown away later; what ended the block must be told, a cancellation above all.
        with suppress(BotoCoreError, ClientError):
            await asyncio.shield(Transfers(clients).abort_multipart(address, target.multipart_id))
        raise
