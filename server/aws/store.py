"""Objects in S3."""

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypedDict

import aiofiles
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError
from fastapi import Request

from server.aws.attachment import attachment
from server.aws.clients import Clients

if TYPE_CHECKING:
    from types_aiobotocore_s3 import S3Client
    from types_aiobotocore_s3.type_defs import ObjectIdentifierTypeDef

CHUNK = 1024 * 1024
TRANSFER = TransferConfig(multipart_chunksize=8 * CHUNK, max_concurrency=2, max_io_queue=2)
"""At most four parts of 8 MiB are held in memory for each object on its way; the library's default is a hundred."""
DELETE_AT_ONCE = 1_000
"""S3 takes this many keys in one DeleteObjects: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html"""


@dataclass(frozen=True, slots=True)
class Address:
    """Where an object lies."""

    bucket: str
    key: str


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object as S3 describes it; `size` in bytes."""

    address: Address
    size: int
    etag: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An object as a listing tells of it."""

    address: Address
    modified_at: datetime


class IfMatch(TypedDict, total=False):
    """A condition on a read."""

    IfMatch: str


class ObjectMissing(Exception):  # noqa: N818 - it says how it is
    """No object lies at the address, any more or yet."""


class ObjectChanged(Exception):  # noqa: N818 - it says what happened
    """Other bytes lie at the address than those that were meant."""


@dataclass(frozen=True, slots=True)
class Store:
    """Reads, writes and signs; whole objects stream between S3 and files, never through memory."""

    clients: Clients

    @property
    def _s3(self) -> "S3Client":
        return self.clients.s3

    async def head(self, address: Address) -> StoredObject | None:
        """Describe an object, or return None when there is none."""
        try:
            found = await self._s3.head_object(Bucket=address.bucket, Key=address.key)
        except ClientError as error:
            if _status(error) == 404:  # noqa: PLR2004 - HTTP's own number
                return None
            raise
        return StoredObject(address, found["ContentLength"], found["ETag"].strip('"'))

    async def read_start(self, address: Address, length: int) -> bytes:
        """Read the first `length` bytes, or fewer when the object is shorter."""
        try:
            answer = await self._s3.get_object(Bucket=address.bucket, Key=address.key, Range=f"bytes=0-{length - 1}")
        except ClientError as error:
            if _status(error) == 416:  # noqa: PLR2004 - an empty object has no first byte
                return b""
            raise
        async with answer["Body"]:
            return await answer["Body"].read(length)

    async def fetch(self, address: Address, target: Path, *, etag: str | None = None) -> str:
        """Copy an object into a file.

        Returns:
            The SHA-256 of the bytes, in hex.

        Raises:
            ObjectMissing: there is no such object.
            ObjectChanged: it no longer has the entity tag that is given.
        """
        digest = hashlib.sha256()
        async with self.reading(address, etag=etag) as chunks, aiofiles.open(target, "wb") as file:
            async for chunk in chunks:
                await asyncio.to_thread(digest.update, chunk)
                await file.write(chunk)
        return digest.hexdigest()

    @asynccontextmanager
    async def reading(self, address: Address, *, etag: str | None = None) -> AsyncIterator[AsyncIterator[bytes]]:
        """Give an object's bytes, a piece at a time.

        Raises:
            ObjectMissing: there is no such object.
            ObjectChanged: it no longer has the entity tag that is given.
        """
        condition: IfMatch = {"IfMatch": f'"{etag}"'} if etag else {}
        try:
            answer = await self._s3.get_object(Bucket=address.bucket, Key=address.key, **condition)
        except ClientError as error:
            if _status(error) == 412:  # noqa: PLR2004 - Precondition Failed
                raise ObjectChanged from error
            if _status(error) == 404:  # noqa: PLR2004 - HTTP's own number
                raise ObjectMissing from error
            raise
        async with answer["Body"]:
            yield answer["Body"].iter_chunks(CHUNK)

    async def put(self, address: Address, source: Path, content_type: str) -> None:
        """Copy a file into an object, in parts where it is large."""
        await self._s3.upload_file(
            str(source), address.bucket, address.key, ExtraArgs={"ContentType": content_type}, Config=TRANSFER
        )

    async def put_checked(self, address: Address, body: IO[bytes], content_type: str, *, sha256: str) -> None:
        """Write an open file into an object in one piece; S3 itself holds what arrives against the SHA-256, in hex."""
        checksum = b64encode(bytes.fromhex(sha256)).decode()
        await self._s3.put_object(
            Bucket=address.bucket, Key=address.key, Body=body, ContentType=content_type, ChecksumSHA256=checksum
        )

    async def delete(self, addresses: Iterable[Address]) -> None:
        """Delete objects; those that are gone already are no error."""
        by_bucket: dict[str, list[str]] = {}
        for address in addresses:
            by_bucket.setdefault(address.bucket, []).append(address.key)
        for bucket, keys in by_bucket.items():
            for start in range(0, len(keys), DELETE_AT_ONCE):
                batch: list[ObjectIdentifierTypeDef] = [{"Key": key} for key in keys[start : start + DELETE_AT_ONCE]]
                answer = await self._s3.delete_objects(Bucket=bucket, Delete={"Objects": batch, "Quiet": True})
                if answer.get("Errors"):
                    raise OSError(f"S3 kept {len(answer['Errors'])} of {len(batch)} objects: {answer['Errors'][0]}")

    async def delete_under(self, bucket: str, prefix: str) -> None:
        """Delete every object whose key begins with `prefix`."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        async for page in pages:
            await self.delete(Address(bucket, found["Key"]) for found in page.get("Contents", ()))

    async def pages(self, bucket: str, prefix: str = "") -> AsyncIterator[list[Listed]]:
        """List a bucket, or what lies under keys that begin with `prefix`, at most a thousand objects at a time."""
        async for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            yield [Listed(Address(bucket, found["Key"]), found["LastModified"]) for found in page.get("Contents", ())]

    async def sign_get(self, address: Address, *, content_type: str, seconds: int, save_as: str | None = None) -> str:
        """Return an address that anyone may read the object at for a while, by ranges too.

        The type is ours, whatever the object was sent as. Browsers save it under the name in `save_as`, if any: such
        addresses are always S3's own, for CloudFront refuses some names in other scripts than ours.
        """
        edge = self.clients.edge
        if edge is not None and edge.bucket == address.bucket and save_as is None:
            return edge.sign_get(address.key, content_type=content_type, seconds=seconds)
        params = {"Bucket": address.bucket, "Key": address.key, "ResponseContentType": content_type}
        if save_as is not None:
            params["ResponseContentDisposition"] = attachment(save_as)
        return await self.clients.s3_public.generate_presigned_url("get_object", Params=params, ExpiresIn=seconds)


def _status(error: ClientError) -> int:
    return error.response["ResponseMetadata"]["HTTPStatusCode"]


def get_store(request: Request) -> Store:
    """Return the application's store."""
    store: Store = request.app.state.store
    return store
