"""Tests of the operations that sending and following files don't need."""

from server.client.client import Client
from tests.client import wire
from tests.client.fake import Fake, says
from tests.client.wire import RESULT_ID, UPLOAD_ID


async def test_results_page_by_page(fake: Fake, client: Client) -> None:
    """A page tells the cursor of the next one, which is then asked for."""
    fake.on(
        "GET /results",
        says(200, {"items": [wire.result()], "next_cursor": "more"}),
        says(200, {"items": [], "next_cursor": None}),
    )
    first = await client.results(limit=1)
    second = await client.results(limit=1, cursor=first.next_cursor)
    assert [item.id for item in first.items] == [RESULT_ID]
    assert second.items == []
    assert [seen.query for seen in fake.seen] == ["limit=1", "limit=1&cursor=more"]


async def test_giving_up_and_deleting(fake: Fake, client: Client) -> None:
    """An upload can be given up, and a result deleted."""
    fake.on(f"DELETE /uploads/{UPLOAD_ID}", says(200))
    fake.on(f"DELETE /results/{RESULT_ID}", says(202))
    await client.abort(UPLOAD_ID)
    await client.delete_result(RESULT_ID)
    assert [seen.method for seen in fake.seen] == ["DELETE", "DELETE"]
