"""What lies behind a result."""

from uuid import UUID

import httpx

from server.media.models import Media
from server.preprocessing import requests
from server.settings import Settings
from server.users.models import Role
from tests.results.conftest import Shelf, know
from tests.tokens import Pool


async def test_machines_that_look_after_the_service_see_where_things_lie(
    http: httpx.AsyncClient, shelf: Shelf, pool: Pool, settings: Settings
) -> None:
    """They see addresses, and what another service was asked; neither the owner nor admins do."""
    result = await shelf.add()
    await shelf.put_rendition(result, "light", b"sound", "audio/mp4")
    await know(shelf.units, pool, "the-admin", Role.ADMIN)
    async with shelf.units.begin() as work:
        media = await work.session.get_one(Media, UUID(result))
        request = await requests.ask(work, media, settings.aws.processed_bucket)
        await requests.give_up(work, media.id, "odd", "It is odd.")
    machine = (await http.get(f"/results/{result}", headers=pool.machine("lectern/admin"))).json()["internal"]
    assert machine["source"] == f"s3://{settings.aws.raw_bucket}/{media.source_key}"
    assert machine["renditions"]["light"].startswith(f"s3://{settings.aws.processed_bucket}/")
    shown = machine["preprocessing"]
    assert (shown["request_id"], shown["status"], shown["error"]["code"]) == (str(request.id), "failed", "odd")
    assert shown["s3_key_short"] == f"s3://{settings.aws.processed_bucket}/{request.short_key}"
    for headers in (pool.person("me"), pool.person("the-admin")):
        assert (await http.get(f"/results/{result}", headers=headers)).json()["internal"] is None
