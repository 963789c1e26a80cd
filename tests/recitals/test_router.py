"""Recitals over HTTP."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from server.audit.models import Action, AuditEntry
from server.media.models import Media
from server.media.state import Status
from server.pipeline.repair import sweep
from server.recitals.measures import Flag, Measures
from server.recitals.state import RecitalStatus
from server.settings import MEGABYTE, Settings
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import Units
from server.users.models import Role
from tests.recitals.conftest import TEXTS, Reader, Shelves, reader
from tests.results.conftest import Shelf
from tests.swapping import instead
from tests.tokens import Pool

MEASURED = Measures(
    duration_ms=3000,
    word_error_rate=None,
    character_error_rate=None,
    seconds_per_character=0.1,
    clipping_share=0.2,
    peak_db=0,
    rms_db=-9.5,
    signal_to_noise_db=8,
    speech_share=0.7,
    leading_silence_ms=200,
    trailing_silence_ms=100,
    language_match=None,
    flags=[Flag.CLIPPED, Flag.NOISY],
)


@pytest.fixture
async def theirs(http: httpx.AsyncClient, units: Units, pool: Pool) -> Reader:
    """Somebody else."""
    return await reader(http, units, pool, "somebody-else")


@pytest.fixture
async def admin(http: httpx.AsyncClient, units: Units, pool: Pool) -> Reader:
    """Somebody who sees all."""
    return await reader(http, units, pool, "an-admin", Role.ADMIN)


async def test_recital_begins_with_its_document(mine: Reader) -> None:
    """It has the document's title and language as they are, and nothing of a sound; the same key begins it once."""
    wish = {"document_id": await mine.document(language="he")}
    key = {"Idempotency-Key": str(uuid4())}
    begun, again = [await mine.http.post("/recitals", json=wish, headers=mine.headers | key) for _ in range(2)]
    assert begun.json() == again.json()
    shown = begun.json()
    assert begun.headers["location"] == f"/api/v1/recitals/{shown['id']}"
    assert (shown["status"], shown["title"], shown["language"]) == ("active", "A walk", "he")
    assert (shown["last_sequence"], shown["slice_count"], shown["missing_sequences"]) == (None, 0, [])


async def test_only_speakers_begin_and_only_what_they_may_read(
    mine: Reader, theirs: Reader, http: httpx.AsyncClient, units: Units, pool: Pool
) -> None:
    """Who is no speaker is told whom to ask; another's private document is none; an archived one is over."""
    nobody = await reader(http, units, pool, "nobody", Role.NONE)
    public, private = await mine.document(is_public=True), await mine.document()
    archived = await mine.document(archived_at=datetime.now(UTC))

    async def begin(who: Reader, document_id: str) -> Any:
        return (await http.post("/recitals", json={"document_id": document_id}, headers=who.headers)).json()

    assert (await begin(nobody, public))["code"] == "speaker_required"
    assert (await begin(theirs, public))["status"] == "active"
    assert (await begin(theirs, private))["code"] == "not_found"
    assert (await begin(theirs, str(uuid4())))["code"] == "not_found"
    assert (await begin(mine, archived))["code"] == "document_archived"


async def test_nobody_begins_over_their_quota(running_app: FastAPI, settings: Settings, mine: Reader) -> None:
    """What was recorded counts with what was uploaded; the recital under way may go on."""
    limits = settings.limits.model_copy(update={"quota_mb": {"speaker": 2}})
    with instead(running_app, settings=settings.model_copy(update={"limits": limits})):
        recital_id = await mine.begin()
        for sequence in (0, 1):
            assert (await mine.send(recital_id, sequence, bytes(MEGABYTE))).status_code == 204
        wish = {"document_id": await mine.document()}
        refused = await mine.http.post("/recitals", json=wish, headers=mine.headers)
        used = (await mine.http.get("/me/usage", headers=mine.headers)).json()["mb"]
    assert (refused.status_code, refused.json()["code"]) == (403, "quota_exceeded")
    assert used == {"used": 2, "limit": 2}


async def test_another_person_is_told_that_there_is_no_such_recital(
    mine: Reader, theirs: Reader, admin: Reader
) -> None:
    """Nobody reads for another, admins neither; these see everything, and others nothing."""
    recital_id = await mine.begin()
    for stranger in (theirs, admin):
        answers = [
            await stranger.send(recital_id, 0, b"sound"),
            await stranger.say(recital_id, 0, 1, "A"),
            await stranger.end(recital_id, 0),
        ]
        assert [answer.status_code for answer in answers] == [404] * 3
    paths = ("", "/preview", "/files/main")
    seen = [
        [(await mine.http.get(f"/recitals/{recital_id}{path}", headers=who.headers)).status_code for path in paths]
        for who in (theirs, admin)
    ]
    assert seen == [[404] * 3, [200, 409, 409]]
    assert (await theirs.disavow(recital_id)).status_code == 404
    assert (await mine.show(recital_id))["status"] == "active"


async def test_text_comes_in_any_order_and_twice(mine: Reader) -> None:
    """Segments lie on the time line by their indices; the same again is fine, another text or end is not."""
    recital_id = await mine.begin()
    for index, seek_end in ((2, 7.5), (0, 2.0004), (1, 4.25), (0, 2.0004)):
        assert (await mine.say(recital_id, index, seek_end, TEXTS[index])).status_code == 204
    for seek_end, text in ((2.0004, "Another."), (2.1, TEXTS[0])):
        refused = await mine.say(recital_id, 0, seek_end, text)
        assert (refused.status_code, refused.json()["code"]) == (409, "segment_differs")
    # Read anew, said late, and then said by a request that had been on its way for long.
    await mine.say(recital_id, 1, 4.25, TEXTS[1], does_not_count=True)
    await mine.say(recital_id, 1, 4.25, TEXTS[1])
    segments = (await mine.show(recital_id))["segments"]
    assert [(s["start_ms"], s["end_ms"], s["kept"]) for s in segments] == [
        (0, 2000, True),
        (2000, 4250, False),
        (4250, 7500, True),
    ]
    assert (await mine.end(recital_id, None, discard_last_n_text_segments=1)).json()["status"] == "ended"
    assert [s["kept"] for s in (await mine.show(recital_id))["segments"]] == [True, False, False]
    assert (await mine.say(recital_id, 3, 9, "Late.")).status_code == 204
    await mine.change(recital_id, status=RecitalStatus.AGGREGATED)
    assert (await mine.say(recital_id, 3, 9, "Late.")).status_code == 204
    assert (await mine.say(recital_id, 4, 9, "Too late.")).json()["code"] == "recital_closed"


@pytest.mark.parametrize(
    "changed",
    [
        {"index": -1},
        {"seek_end": -0.1},
        {"seek_end": "NaN"},
        {"text": ""},
        {"text": "a\x00b"},
        {"text": " \n\u2028"},
        {"seek": 1},
    ],
)
async def test_bad_segments_are_refused(mine: Reader, changed: dict[str, object]) -> None:
    """Each fault is 422 and is named."""
    wish = {"index": 0, "seek_end": 1.5, "text": "A"} | changed
    path = f"/recitals/{await mine.begin()}/text-segments"
    answer = await mine.http.post(path, json=wish, headers=mine.headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_end_stays_as_it_was(mine: Reader) -> None:
    """Ending again changes nothing; a slice beyond the named end that is there counts, for it was acknowledged."""
    recital_id = await mine.begin()
    for sequence in (0, 1):
        await mine.send(recital_id, sequence, b"sound")
    ended = (await mine.end(recital_id, 0)).json()
    assert (ended["status"], ended["last_sequence"]) == ("ended", 1)
    again = (await mine.end(recital_id, 7, discard_last_n_text_segments=3)).json()
    assert again == ended
    assert await mine.work_for(recital_id) == [Kind.AGGREGATE]
    assert (await mine.row(recital_id)).discard_last == 0


async def test_recital_without_a_sign_of_life_is_ended_with_what_it_has(
    mine: Reader, units: Units, settings: Settings
) -> None:
    """Two hours after the last slice or segment, not after the beginning, each by itself and once."""
    long_ago = datetime.now(UTC) - timedelta(hours=3)
    empty, gapped, asked, alive = [await mine.begin() for _ in range(4)]
    await mine.send(gapped, 2, b"sound")
    await mine.end(asked, 3)
    for recital_id in (empty, gapped, asked, alive):
        await mine.change(recital_id, alive_at=long_ago, created_at=long_ago)
    await mine.say(alive, 0, 1, "Still here.")
    async with units.begin() as work:
        assert (await sweep(work, settings)).idle == 3
    async with units.begin() as work:
        assert (await sweep(work, settings)).idle == 0
    shown = [await mine.show(recital_id) for recital_id in (empty, gapped, asked, alive)]
    assert [(one["status"], one["last_sequence"], one["missing_count"]) for one in shown] == [
        ("ended", -1, 0),
        ("ended", 2, 2),
        ("ended", 3, 4),
        ("active", None, 0),
    ]
    assert [await mine.work_for(one["id"]) for one in shown] == [[Kind.AGGREGATE]] * 3 + [[]]
    # What was on its way for hours is still taken, as long as nothing is made of the rest.
    assert (await mine.send(asked, 1, b"late")).status_code == 204
    assert (await mine.show(asked))["missing_sequences"] == [0, 2, 3]
    await mine.change(asked, status=RecitalStatus.AGGREGATED)
    assert (await mine.send(asked, 2, b"too late")).json()["code"] == "recital_closed"
    assert (await mine.send(asked, 1, b"late")).status_code == 204


@pytest.mark.parametrize("status", [s for s in RecitalStatus if s is not RecitalStatus.DISCARDED])
async def test_disavowing_wins_at_any_moment(mine: Reader, shelf: Shelf, units: Units, status: RecitalStatus) -> None:
    """Whatever is under way ends, the item goes too, and the purge is to be done: again and again the same."""
    recital_id, result_id = await mine.begin(), await shelf.add()
    made = status in {RecitalStatus.AGGREGATED, RecitalStatus.UPLOADED}
    await mine.change(recital_id, status=status, media_id=UUID(result_id) if made else None)
    async with units.begin() as work:
        for kind in (Kind.AGGREGATE, Kind.PUBLISH, Kind.ASSESS):
            await tasks.add(work, kind, UUID(recital_id), owner_id=mine.id, queue=Queue.WORK)
        taken = await tasks.take(work.session, Queue.WORK, timedelta(minutes=1))
    assert taken is not None
    for _ in range(2):
        assert (await mine.disavow(recital_id)).status_code == 204
        assert await mine.work_for(recital_id) == [Kind.PURGE]
    with pytest.raises(tasks.Fenced):
        async with units.begin() as work:
            await tasks.finish(work.session, taken)
    shown = await mine.show(recital_id)
    assert (shown["status"], shown["error"]["code"], shown["result_id"]) == ("discarded", "disavowed", None)
    assert (await mine.send(recital_id, 0, b"late")).json()["code"] == "recital_closed"
    assert (await mine.say(recital_id, 0, 1, "Late.")).json()["code"] == "recital_closed"
    assert (await mine.end(recital_id, 0)).json()["status"] == "discarded"
    async with units.begin() as work:
        media = await work.session.get_one(Media, UUID(result_id))
        noted = select(AuditEntry.actor_id).where(AuditEntry.subject_id == UUID(recital_id))
        entries = await work.session.execute(noted.where(AuditEntry.action == Action.RECITAL_DISAVOWED))
    assert (media.status is Status.DELETING) is made
    assert await mine.work_for(result_id) == ([Kind.ERASE] if made else [])
    assert entries.scalars().all() == [mine.id]


async def test_deleting_its_result_disavows_a_recital(mine: Reader, shelf: Shelf) -> None:
    """What was made of a recital is its speaker's to take back, from wherever they look at it."""
    recital_id, result_id = await mine.begin(), await shelf.add()
    await mine.change(recital_id, status=RecitalStatus.UPLOADED, media_id=UUID(result_id))
    assert (await mine.http.delete(f"/results/{result_id}", headers=mine.headers)).status_code == 202
    assert (await mine.http.get(f"/results/{result_id}", headers=mine.headers)).status_code == 404
    assert (await mine.show(recital_id))["status"] == "discarded"
    assert await mine.work_for(result_id) == [Kind.ERASE]


async def test_recital_is_heard_with_its_text(mine: Reader, shelf: Shelf, shelves: Shelves) -> None:
    """Until its slices are joined there is nothing to hear; then it is main, and light once there is that."""
    recital_id, result_id = await mine.begin(), await shelf.add()
    for index, text in enumerate(TEXTS):
        await mine.say(recital_id, index, index + 1, text, does_not_count=index == 1)
    assert (await mine.show(recital_id, "/preview"))["code"] == "not_ready"
    await shelf.put_rendition(result_id, "main", b"main", "audio/webm")
    await mine.change(recital_id, status=RecitalStatus.AGGREGATED, media_id=UUID(result_id), duration_ms=3000)
    async with httpx.AsyncClient() as browser:
        shown = await mine.show(recital_id, "/preview")
        heard = await browser.get(shown["sound_url"], headers={"Range": "bytes=1-2"})
        assert (heard.content, heard.headers["content-type"], shown["content_type"]) == (b"ai", *["audio/webm"] * 2)
        assert shown["cues"] == [
            {"start_ms": 0, "end_ms": 1000, "text": TEXTS[0]},
            {"start_ms": 2000, "end_ms": 3000, "text": TEXTS[2]},
        ]
        await shelf.put_rendition(result_id, "light", b"light", "audio/mp4")
        assert (await mine.show(recital_id, "/preview"))["content_type"] == "audio/mp4"
        assert (await mine.show(recital_id, "/files/transcript"))["code"] == "not_ready"
        await shelves.put_file(recital_id, "transcript.vtt", b"WEBVTT\n")
        sent_on = await mine.http.get(f"/recitals/{recital_id}/files/transcript", headers=mine.headers)
        read = await browser.get(sent_on.headers["location"])
    assert (sent_on.status_code, read.text, read.headers["content-type"]) == (307, "WEBVTT\n", "text/vtt")


async def test_lists_are_narrowed_and_paged(mine: Reader, theirs: Reader, admin: Reader) -> None:
    """Newest first; speakers see their own, admins everybody's with their owners; each filter leaves out the rest."""
    first, second, third = [await mine.begin() for _ in range(3)]
    foreign = await theirs.begin()
    flagged = {"flags": ["clipped", "noisy"], "quality": MEASURED.model_dump(mode="json")}
    await mine.change(second, status=RecitalStatus.AGGREGATED, **flagged)
    document_id = (await mine.show(third))["document_id"]

    async def listed(who: Reader, query: str = "") -> list[str]:
        answer = (await who.http.get(f"/recitals?{query}", headers=who.headers)).json()
        return [item["id"] for item in answer["items"]]

    assert await listed(mine) == [third, second, first]
    assert await listed(admin) == [foreign, third, second, first]
    for query in ("status=aggregated", "flag=noisy", "needs_review=true"):
        assert await listed(mine, query) == [second]
    assert await listed(mine, f"needs_review=false&document_id={document_id}") == [third]
    assert await listed(admin, f"owner={theirs.id}") == [foreign]
    assert await listed(mine, f"owner={theirs.id}") == []
    page = (await mine.http.get("/recitals?limit=2", headers=mine.headers)).json()
    assert await listed(mine, f"cursor={page['next_cursor']}") == [first]
    shown = (await admin.http.get("/recitals?flag=clipped", headers=admin.headers)).json()["items"][0]
    assert (shown["needs_review"], shown["quality"], shown["owner"]["id"]) == (
        True,
        flagged["quality"],
        str(mine.id),
    )


async def test_open_pages_hear_of_each_change(running_app: FastAPI, mine: Reader) -> None:
    """The owner's pages are told how far a recital is, once that is true."""
    async with running_app.state.hub.listening(mine.id) as mailbox, asyncio.timeout(10):
        recital_id = await mine.begin()
        await mine.end(recital_id, None)
        await mine.disavow(recital_id)
        told = [await mailbox.get() for _ in range(3)]
    assert [(event["type"], event["id"], event["status"]) for event in told] == [
        ("recital", recital_id, status) for status in ("active", "ended", "discarded")
    ]
