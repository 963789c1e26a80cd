"""Uploads in parts, for files too large for one form.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
"""

from collections.abc import Sequence

from server.aws.transfers import NoSuchMultipart, Part, Transfers
from server.settings import MEGABYTE
from server.uploads.models import Upload
from server.uploads.problems import NoSuchPart, UploadIncomplete, WrongMethod
from server.uploads.schemas import MOST_PARTS, SignedPart, StoredPart

THRESHOLD = 100 * MEGABYTE
SMALLEST_PART = 16 * MEGABYTE


def part_size(size: int) -> int:
    """Return the bytes of every part but the last: 16 MiB, or more where that would be too many parts."""
    needed = -(-size // MOST_PARTS)
    return max(SMALLEST_PART, -(-needed // MEGABYTE) * MEGABYTE)


def part_lengths(size: int) -> list[int]:
    """Return the bytes of each part of a file."""
    whole, rest = divmod(size, part_size(size))
    return [part_size(size)] * whole + ([rest] if rest else [])


async def sign_parts(transfers: Transfers, upload: Upload, numbers: Sequence[int], seconds: int) -> list[SignedPart]:
    """Sign the addresses that parts are PUT to, each for exactly its length.

    Raises:
        WrongMethod: the upload is sent by form.
        NoSuchPart: the file has fewer parts.
    """
    multipart_id = _multipart_id(upload)
    lengths = part_lengths(upload.size)
    if max(numbers) > len(lengths):
        raise NoSuchPart(len(lengths))
    return [
        SignedPart(
            part_number=number,
            url=await transfers.sign_part(
                upload.address, multipart_id, number, size=lengths[number - 1], seconds=seconds
            ),
        )
        for number in sorted(set(numbers))
    ]


async def stored_parts(transfers: Transfers, upload: Upload) -> list[StoredPart]:
    """List what has arrived; nothing once the parts are joined.

    Raises:
        WrongMethod: the upload is sent by form.
    """
    try:
        parts = await transfers.list_parts(upload.address, _multipart_id(upload))
    except NoSuchMultipart:
        return []
    return [StoredPart(part_number=part.number, size=part.size, etag=part.etag) for part in parts]


async def join(transfers: Transfers, upload: Upload) -> None:
    """Join the parts into the object; when they are joined already, that is well.

    Raises:
        UploadIncomplete: parts are missing or of the wrong length.
    """
    multipart_id = _multipart_id(upload)
    try:
        parts = await transfers.list_parts(upload.address, multipart_id)
        _check_whole(upload, parts)
        await transfers.complete_multipart(upload.address, multipart_id, parts)
    except NoSuchMultipart:
        return


def _check_whole(upload: Upload, parts: Sequence[Part]) -> None:
    arrived = {part.number: part.size for part in parts}
    lengths = part_lengths(upload.size)
    missing = [number for number, length in enumerate(lengths, 1) if arrived.get(number) != length]
    if missing:
        raise UploadIncomplete(sum(arrived.values()), upload.size, missing)


def _multipart_id(upload: Upload) -> str:
    if upload.multipart_id is None:
        raise WrongMethod(upload.method)
    return upload.multipart_id
