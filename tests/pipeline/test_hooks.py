"""What programs are told, and when: once for everything that becomes true."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from server.auth.principal import Principal
from server.media.models import Media
from server.media.state import Status
from server.pipeline import outgoing
from server.pipeline.deliver import fail_delivery
from server.pipeline.erase import erase
from server.pipeline.expire import expire
from server.pipeline.intake import intake
from server.tasks.models import Kind
from server.tasks.stage import EXHAUSTED, Unworkable
from server.uploads.models import GRACE
from server.webhooks import endpoints
from server.webhooks.endpoints import Office
from server.webhooks.kinds import DeliveryStatus, Event, Transport
from server.webhooks.models import Delivery
from server.webhooks.schemas import EndpointChange, EndpointWish
from tests.conftest import SAMPLE
from tests.pipeline.conftest import Bench

HOOK, CALLBACK = "https://example.com/hook", "https://example.com/callback"
ASKED = {"callback_url": CALLBACK, "callback_transport": Transport.HTTP}


async def subscribe(bench: Bench, *events: Event) -> None:
    """Have an endpoint of the owner's told of these."""
    office = Office(bench.tools.settings, bench.tools.courier.seal)
    wish = EndpointWish.model_validate({"url": HOOK, "events": events})
    async with bench.tools.units.begin() as work:
        await endpoints.make(work, office, Principal(bench.owner, sees_all=False), wish)


async def told(bench: Bench) -> list[Delivery]:
    """Return what was told, or is to be, in the order of its coming."""
    async with bench.tools.units.begin() as work:
        query = select(Delivery).where(Delivery.owner_id == bench.owner).order_by(Delivery.id)
        return list((await work.session.execute(query)).scalars())


async def tell(bench: Bench, media: Media) -> None:
    """Say that an item has ended, as the flow does: twice."""
    for _ in range(2):
        async with bench.tools.units.begin() as work:
            await outgoing.tell(work, await work.session.get_one(Media, media.id))


async def change(bench: Bench, media: Media, **changed: Any) -> None:
    """Change an item."""
    async with bench.tools.units.begin() as work:
        kept = await work.session.get_one(Media, media.id)
        for name, value in changed.items():
            setattr(kept, name, value)


async def test_each_text_is_told_once(bench: Bench, tmp_path: Path) -> None:
    """However often it is said; to endpoints that wish for it and to the upload's callback, without what was spoken."""
    await subscribe(bench, Event.RESULT_COMPLETED)
    await subscribe(bench, Event.RESULT_FAILED)
    media = await bench.media(b"x", tmp_path, Status.COMPLETED, title="Talk", duration_ms=900)
    upload = await bench.announced(1, media_id=media.id, **ASKED)
    for language in ("en", "he"):
        await bench.asked(media, finished_at=datetime.now(UTC), text="Good morning", language=language)
        await tell(bench, media)
    deliveries = await told(bench)
    assert [delivery.url for delivery in deliveries] == [HOOK, CALLBACK] * 2
    assert {delivery.subject_id for delivery in deliveries} == {media.id}
    assert deliveries[0].payload["type"] == "result.completed"
    assert deliveries[0].payload["data"] == {
        "id": str(media.id),
        "title": "Talk",
        "status": "completed",
        "kind": "audio",
        "language": "en",
        "duration_ms": 900,
        "text_url": f"/api/v1/results/{media.id}/transcript.txt",
        "error": None,
        "upload_id": str(upload.id),
    }
    assert deliveries[2].payload["data"]["language"] == "he"


async def test_text_made_anew_in_vain_is_no_news(bench: Bench, tmp_path: Path) -> None:
    """A result that stays completed is not told of, though what was told of it is forgotten by then."""
    await subscribe(bench, Event.RESULT_COMPLETED)
    media = await bench.media(b"x", tmp_path, Status.COMPLETED, title="Talk", duration_ms=900)
    await bench.asked(media, finished_at=datetime.now(UTC), text="Good morning")
    await bench.asked(media, error_code="too_long", error_message="It is too long.")
    await tell(bench, media)
    assert await told(bench) == []


async def test_each_failure_is_told_once(bench: Bench, tmp_path: Path) -> None:
    """Tried again and failed again is another one; a disabled endpoint hears of neither, and another's of nothing."""
    await subscribe(bench, Event.RESULT_FAILED)
    await subscribe(bench, Event.RESULT_FAILED)
    owner = Principal(bench.owner, sees_all=False)
    async with bench.tools.units.begin() as work:
        first, _ = await endpoints.list_of(work, owner)
        office = Office(bench.tools.settings, bench.tools.courier.seal)
        await endpoints.change(work, office, owner, first.id, EndpointChange(is_enabled=False))
    media = await bench.media(b"x", tmp_path, Status.FAILED, error_code="no_speech", error_message="Nothing is said.")
    await tell(bench, media)
    await change(bench, media, status=Status.TRANSCRIBING)
    await change(bench, media, status=Status.FAILED)
    await tell(bench, media)
    deliveries = await told(bench)
    assert [delivery.payload["type"] for delivery in deliveries] == ["result.failed"] * 2
    assert deliveries[0].payload["data"]["error"] == {"code": "no_speech", "message": "Nothing is said."}
    assert deliveries[0].payload["data"]["text_url"] is None


async def test_upload_that_comes_to_nothing_is_told(bench: Bench, tmp_path: Path) -> None:
    """Refused for what it is, or closed because nothing came."""
    await subscribe(bench, Event.UPLOAD_REJECTED)
    refused = await bench.upload(b"no sound", tmp_path, **ASKED)
    expired = await bench.announced(1, expires_at=datetime.now(UTC) - GRACE - timedelta(seconds=9))
    for upload, kind, stage in ((refused, Kind.INTAKE, intake), (expired, Kind.EXPIRE, expire)):
        taken = await bench.take(kind, upload.id)
        await bench.write(taken, await stage(bench.tools, taken))
    deliveries = await told(bench)
    said = [(delivery.url, delivery.event, delivery.payload["data"]["status"]) for delivery in deliveries]
    assert said == [
        (HOOK, "upload.rejected", "rejected"),
        (CALLBACK, "upload.rejected", "rejected"),
        (HOOK, "upload.rejected", "expired"),
    ]
    assert [delivery.payload["data"]["error"]["code"] for delivery in deliveries[1:]] == ["not_media", "upload_expired"]


async def test_what_can_not_be_told_undoes_nothing(bench: Bench, tmp_path: Path) -> None:
    """A delivery that comes to no end is given up by itself; what is told of an item goes with the item."""
    upload = await bench.upload(SAMPLE.read_bytes(), tmp_path, **ASKED)
    taken = await bench.take(Kind.INTAKE, upload.id)
    await bench.write(taken, await intake(bench.tools, taken))
    media_id = (await bench.read_upload(upload.id)).media_id
    assert media_id is not None
    media = await bench.read(media_id)
    await change(bench, media, status=Status.COMPLETED)
    await tell(bench, media)
    (delivery,) = await told(bench)
    taken = await bench.take(Kind.DELIVER, delivery.id)
    async with bench.tools.units.begin() as work:
        await fail_delivery(work, taken, Unworkable(EXHAUSTED, "It was given up."))
    (delivery,) = await told(bench)
    assert (delivery.status, delivery.attempt_count) == (DeliveryStatus.FAILED, 1)
    assert (await bench.read(media.id)).status is Status.COMPLETED
    await change(bench, media, status=Status.DELETING)
    erasing = await bench.take(Kind.ERASE, media.id)
    await bench.write(erasing, await erase(bench.tools, erasing))
    assert await told(bench) == []
