"""Objects in a real S3, and what happens when there is none."""

import hashlib
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from server.aws.store import Address, Store
from server.settings import Settings

MEGABYTES = 20


@pytest.fixture
def address(settings: Settings) -> Address:
    """An address that nothing else uses."""
    return Address(settings.aws.processed_bucket, f"tests/{uuid4()}")


async def test_large_file_goes_there_and_back(store: Store, address: Address, tmp_path: Path) -> None:
    """A file of several parts comes back the same; its digest is that of its bytes."""
    there, back = tmp_path / "there", tmp_path / "back"
    there.write_bytes(bytes(range(256)) * 4096 * MEGABYTES)
    await store.put(address, there, "audio/flac")
    stored = await store.head(address)
    assert stored is not None
    assert stored.size == there.stat().st_size
    digest = await store.fetch(address, back)
    assert back.read_bytes() == there.read_bytes()
    assert digest == hashlib.sha256(there.read_bytes()).hexdigest()
    await store.delete([address])
    assert await store.head(address) is None


async def test_start_of_short_and_empty_objects(store: Store, address: Address, tmp_path: Path) -> None:
    """Reading more than there is gives what there is."""
    for content in (b"", b"abc"):
        (tmp_path / "file").write_bytes(content)
        await store.put(address, tmp_path / "file", "audio/wav")
        assert await store.read_start(address, 4096) == content


async def test_deleting_many_and_missing(store: Store, address: Address, tmp_path: Path) -> None:
    """More keys than S3 takes at once are deleted, and missing ones are no error."""
    (tmp_path / "file").write_bytes(b"x")
    await store.put(address, tmp_path / "file", "audio/wav")
    missing = [Address(address.bucket, f"{address.key}/{number}") for number in range(1_500)]
    await store.delete([*missing, address])
    assert await store.head(address) is None


async def test_s3_holds_what_arrives_against_its_digest(store: Store, address: Address) -> None:
    """An object comes into being with the bytes that were meant, or not at all."""
    for meant, is_kept in ((b"other", False), (b"sound", True)):
        with nullcontext() if is_kept else pytest.raises(ClientError):
            await store.put_checked(address, BytesIO(b"sound"), "audio/webm", sha256=hashlib.sha256(meant).hexdigest())
        assert (await store.head(address) is not None) is is_kept
