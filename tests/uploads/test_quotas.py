"""How much a user may bring."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from uuid_utils.compat import uuid7

from server.media.kinds import MediaKind
from server.media.models import Media
from server.media.state import Status
from server.settings import MEGABYTE, Settings
from server.unit_of_work import Units
from server.uploads.models import Upload
from tests.swapping import instead
from tests.tokens import Pool

MINUTE_MS = 60_000


@pytest.fixture(autouse=True)
def quotas(running_app: FastAPI, settings: Settings) -> Iterator[None]:
    """Ten minutes and ten MiB for people without a role; machines may bring what they like."""
    limits = settings.limits.model_copy(update={"quota_minutes": {"none": 10}, "quota_mb": {"none": 10}})
    with instead(running_app, settings=settings.model_copy(update={"limits": limits})):
        yield


async def begin(http: httpx.AsyncClient, headers: dict[str, str], mb: float, kind: str = "audio/wav") -> httpx.Response:
    """Ask for an upload."""
    wish = {"filename": "talk", "content_type": kind, "size": int(mb * MEGABYTE)}
    return await http.post("/uploads", json=wish, headers=headers)


async def used(http: httpx.AsyncClient, headers: dict[str, str]) -> dict[str, dict[str, float]]:
    """Ask how much is used."""
    usage: dict[str, dict[str, float]] = (await http.get("/me/usage", headers=headers)).raise_for_status().json()
    return usage


async def recorded(units: Units, owner_id: UUID, minutes: int, age: timedelta) -> None:
    """Let a recording have come and have been deleted some time ago."""
    moment = datetime.now(UTC) - age
    media_id = UUID(int=int(moment.timestamp() * 1000) << 80 | uuid7().int & 0xFFFF)
    async with units.begin() as work:
        work.session.add(
            Media(
                id=media_id,
                created_at=moment,
                owner_id=owner_id,
                kind=MediaKind.AUDIO,
                status=Status.GONE,
                title="talk",
                content_type="audio/wav",
                source_bucket="raw",
                source_key=str(media_id),
                size=3,
                etag="e",
                duration_ms=minutes * MINUTE_MS,
            )
        )


async def owner_of(units: Units, answer: httpx.Response) -> UUID:
    """Tell whose upload was begun."""
    async with units.begin() as work:
        return (await work.session.get_one(Upload, UUID(answer.json()["id"]))).owner_id


async def test_bytes_run_out_and_come_back(http: httpx.AsyncClient, pool: Pool) -> None:
    """Exactly the quota fits; one byte more is refused with the numbers; what is given up doesn't count."""
    me = pool.person("me")
    first = (await begin(http, me, 6)).json()
    assert (await begin(http, me, 4)).status_code == 201
    assert (await used(http, me))["mb"] == {"used": 10, "limit": 10}
    over = await begin(http, me, 1 / MEGABYTE)
    said = over.json()
    assert (over.status_code, said["code"], said["unit"]) == (403, "quota_exceeded", "MiB")
    assert (said["used"], said["limit"], said["days"]) == (10, 10, 30)
    free_at = datetime.fromisoformat(said["free_at"])
    assert free_at == datetime.fromisoformat(first["created_at"]) + timedelta(days=30)
    await http.delete(f"/uploads/{first['id']}", headers=me)
    assert (await begin(http, me, 6)).status_code == 201


async def test_never_is_said_as_well(http: httpx.AsyncClient, pool: Pool) -> None:
    """What is larger than all of the quota isn't put off; others and machines have room of their own."""
    over = await begin(http, pool.person("me"), 11)
    assert (over.status_code, over.json()["free_at"]) == (403, None)
    assert (await begin(http, pool.machine(), 90)).status_code == 201
    assert (await used(http, pool.machine()))["mb"]["limit"] is None


async def test_minutes_count_though_deleted_and_until_they_are_old(
    http: httpx.AsyncClient, pool: Pool, units: Units
) -> None:
    """A recording is welcome while less than all is used, and waits then for the oldest to be out; a picture not."""
    me = pool.person("me")
    owner_id = await owner_of(units, await begin(http, me, 1))
    await recorded(units, owner_id, 500, timedelta(days=31))
    await recorded(units, owner_id, 4, timedelta(days=20))
    await recorded(units, owner_id, 5, timedelta(days=10))
    assert (await begin(http, me, 1)).status_code == 201
    await recorded(units, owner_id, 5, timedelta(days=1))
    over = await begin(http, me, 1)
    said = over.json()
    assert (over.status_code, said["unit"], said["used"]) == (403, "minutes", 14)
    free_in = datetime.fromisoformat(said["free_at"]) - datetime.now(UTC)
    assert timedelta(days=19, hours=23) < free_in <= timedelta(days=20)
    assert (await begin(http, me, 1, "image/png")).status_code == 201


async def test_two_at_once_do_not_both_take_the_last_room(
    http: httpx.AsyncClient, running_app: FastAPI, pool: Pool, separate_units: Units
) -> None:
    """The second waits for the first, and sees what it took."""
    me = pool.person("me")
    with instead(running_app, units=separate_units):
        assert (await begin(http, me, 1)).status_code == 201
        answers = await asyncio.gather(*(begin(http, me, 5) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 403, 403, 403]
