"""Letting others send objects straight to S3: signed forms and signed parts."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from fastapi import Request

from server.aws.clients import Clients
from server.aws.store import Address

if TYPE_CHECKING:
    from types_aiobotocore_s3.type_defs import CompletedPartTypeDef


@dataclass(frozen=True, slots=True)
class Form:
    """A signed form: POST the fields, then the file."""

    url: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A part that S3 has; `size` in bytes."""

    number: int
    size: int
    etag: str


@dataclass(frozen=True, slots=True)
class Multipart:
    """An upload in parts that is under way; `id` is S3's."""

    address: Address
    id: str
    begun_at: datetime


class NoSuchMultipart(Exception):  # noqa: N818 - S3's own name, NoSuchUpload, less our word for something else
    """The multipart upload was completed, aborted or never begun."""


@dataclass(frozen=True, slots=True)
class Transfers:
    """Signs for outsiders; never sees the bytes."""

    clients: Clients

    async def sign_form(self, address: Address, *, content_type: str, size: int, seconds: int) -> Form:
        """Sign a form that takes exactly `size` bytes of exactly this type, under exactly this key.

        Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
        """
        signed = await self.clients.s3_public.generate_presigned_post(
            address.bucket,
            address.key,
            Fields={"Content-Type": content_type},
            Conditions=[{"Content-Type": content_type}, ["content-length-range", size, size]],
            ExpiresIn=seconds,
        )
        return Form(signed["url"], signed["fields"])

    async def begin_multipart(self, address: Address, content_type: str) -> str:
        """Begin an upload in parts and return S3's id for it."""
        begun = await self.clients.s3.create_multipart_upload(
            Bucket=address.bucket, Key=address.key, ContentType=content_type
        )
        return begun["UploadId"]

    async def sign_part(self, address: Address, multipart_id: str, number: int, *, size: int, seconds: int) -> str:
        """Sign the address that part `number`, of exactly `size` bytes, is PUT to."""
        return await self.clients.s3_public.generate_presigned_url(
            "upload_part",
            Params={
                "Bucket": address.bucket,
                "Key": address.key,
                "UploadId": multipart_id,
                "PartNumber": number,
                "ContentLength": size,
            },
            ExpiresIn=seconds,
        )

    async def list_parts(self, address: Address, multipart_id: str) -> list[Part]:
        """List what has arrived, at most the 10,000 parts that S3 allows.

        Raises:
            NoSuchMultipart: it is not under way.
        """
        pages = self.clients.s3.get_paginator("list_parts").paginate(
            Bucket=address.bucket, Key=address.key, UploadId=multipart_id
        )
        parts: list[Part] = []
        try:
            async for page in pages:
                parts += [Part(p["PartNumber"], p["Size"], p["ETag"].strip('"')) for p in page.get("Parts", ())]
        except ClientError as error:
            raise _translated(error) from error
        return parts

    async def complete_multipart(self, address: Address, multipart_id: str, parts: Sequence[Part]) -> None:
        """Join the parts into the object.

        Raises:
            NoSuchMultipart: it is not under way, perhaps because it was completed before.
        """
        listed: list[CompletedPartTypeDef] = [{"PartNumber": part.number, "ETag": part.etag} for part in parts]
        try:
            await self.clients.s3.complete_multipart_upload(
                Bucket=address.bucket, Key=address.key, UploadId=multipart_id, MultipartUpload={"Parts": listed}
            )
        except ClientError as error:
            raise _translated(error) from error

    async def multiparts(self, bucket: str, prefix: str = "") -> AsyncIterator[list[Multipart]]:
        """List what is under way in a bucket, under keys that begin with `prefix`, at most a thousand at a time."""
        pages = self.clients.s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, Prefix=prefix)
        async for page in pages:
            yield [
                Multipart(Address(bucket, found["Key"]), found["UploadId"], found["Initiated"])
                for found in page.get("Uploads", ())
            ]

    async def abort_multipart(self, address: Address, multipart_id: str) -> None:
        """Throw the parts away; when there are none, that is well."""
        try:
            await self.clients.s3.abort_multipart_upload(Bucket=address.bucket, Key=address.key, UploadId=multipart_id)
        except ClientError as error:
            if not isinstance(_translated(error), NoSuchMultipart):
                raise


def _translated(error: ClientError) -> Exception:
    return NoSuchMultipart() if error.response["Error"]["Code"] == "NoSuchUpload" else error


def get_transfers(request: Request) -> Transfers:
    """Return the application's signer."""
    transfers: Transfers = request.app.state.transfers
    return transfers
