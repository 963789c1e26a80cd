"""Objects that are written while their bytes are still being made."""

import asyncio
from uuid import uuid4

from server.aws.clients import Clients
from server.aws.growing import growing
from server.aws.store import Address


async def test_why_it_broke_off_is_told_when_s3_is_gone_too(clients: Clients) -> None:
    """That the parts can't be thrown away doesn't hide the error, or that the worker is told to stop."""
    bucket = f"growing-{uuid4()}"
    await clients.s3.create_bucket(Bucket=bucket)
    target = growing(clients, Address(bucket, "x"), "text/plain", 0)
    await target.__aenter__()
    await clients.s3.delete_bucket(Bucket=bucket)
    why = asyncio.CancelledError()
    assert not await target.__aexit__(type(why), why, None)
