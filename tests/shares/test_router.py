"""Shares, from whoever makes one to whoever follows it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis
from sqlalchemy import update

from server.audit.models import Action
from server.media.models import Media
from server.media.state import Status
from server.shares import service
from server.shares.models import Share
from server.unit_of_work import Units
from server.users.models import User
from tests.auth.conftest import Town
from tests.limits.conftest import limited
from tests.results.conftest import Shelf
from tests.tokens import Pool

Headers = dict[str, str]


async def share(
    http: httpx.AsyncClient, result_id: str, headers: Headers, *, with_sound: bool = False, **wish: object
) -> tuple[str, Headers]:
    """Share a result; return the share's id, and what whoever follows its link sends."""
    answer = await http.post(f"/results/{result_id}/shares", json={"with_sound": with_sound} | wish, headers=headers)
    assert answer.status_code == 201
    return answer.json()["id"], {"secret": answer.json()["url"].rpartition("/shared#")[2]}


async def look(http: httpx.AsyncClient, secret: Headers) -> Any:
    """Follow a link, and return what it shows."""
    return (await http.post("/shared/look", json=secret)).raise_for_status().json()


async def shares_of(http: httpx.AsyncClient, result_id: str, headers: Headers) -> Any:
    """List the shares of a result."""
    return (await http.get(f"/results/{result_id}/shares", headers=headers)).json()["items"]


async def test_share_from_its_making_to_its_end(
    http: httpx.AsyncClient, shelf: Shelf, mine: Headers, town: Town
) -> None:
    """Anybody with the link reads the text and saves it, and learns nothing else; the owner sees how often."""
    result_id = await shelf.add(title="Talk.wav", tags=["secret-tag"], notes="secret-notes")
    await shelf.add_transcript(result_id, "Good", "morning")
    share_id, secret = await share(http, result_id, mine)
    assert len(secret["secret"]) >= 43
    shown = [await look(http, secret) for _ in range(2)][1]
    segments, words = shown.pop("segments"), shown.pop("words")
    facts = {"title": "Talk.wav", "duration_ms": 1000, "language": "en", "text": "Good morning"}
    assert shown == facts | {"sound": None, "expires_at": None}
    assert [(one["text"], one["start_ms"]) for one in segments] == [("Good", 0), ("morning", 500)]
    assert [(word["segment"], word["text"]) for word in words] == [(0, "Good"), (1, "Good")]
    file = await http.post("/shared/transcript.txt", json=secret)
    assert (file.text, 'filename="Talk.txt"' in file.headers["content-disposition"]) == ("Good\nmorning\n", True)
    (listed,) = await shares_of(http, result_id, mine)
    assert (listed["id"], listed["opened"], listed["last_opened_at"] is not None) == (share_id, 2, True)
    for _ in range(2):
        assert (await http.delete(f"/results/{result_id}/shares/{share_id}", headers=mine)).status_code == 204
    assert (await http.post("/shared/transcript.txt", json=secret)).status_code == 404
    assert [one["revoked_at"] is not None for one in await shares_of(http, result_id, mine)] == [True]
    noted = [entry for action in (Action.RESULT_SHARED, Action.SHARE_REVOKED) for entry in await town.log(action)]
    assert [(str(entry.subject_id), entry.details) for entry in noted] == [(result_id, {"share": share_id})] * 2


async def test_ended_and_unknown_shares_answer_alike(
    http: httpx.AsyncClient, units: Units, shelf: Shelf, mine: Headers
) -> None:
    """Revoked, expired, deleted, of somebody who is leaving, or never made: whoever guesses can't tell which."""
    results = [await shelf.add() for _ in range(4)]
    for result_id in results:
        await shelf.add_transcript(result_id, "Good")
    made = [await share(http, result_id, mine) for result_id in results]
    await http.delete(f"/results/{results[0]}/shares/{made[0][0]}", headers=mine)
    await http.delete(f"/results/{results[1]}", headers=mine)
    async with units.begin() as work:
        past = {"expires_at": datetime.now(UTC) - timedelta(seconds=1)}
        await work.session.execute(update(Share).where(Share.id == UUID(made[2][0])).values(past))
    assert (await look(http, made[3][1]))["text"] == "Good"
    async with units.begin() as work:
        later = {"leaves_at": datetime.now(UTC) + timedelta(days=7)}
        await work.session.execute(update(User).where(User.id == shelf.owner).values(later))
    secrets = [secret for _, secret in made] + [{"secret": "unknown"}, {"secret": "\0"}]
    answers = [
        await http.post(f"/shared/{act}", json=secret) for secret in secrets for act in ("look", "transcript.srt")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


async def test_sound_is_shared_if_wished_and_while_it_is_there(
    http: httpx.AsyncClient, shelf: Shelf, mine: Headers
) -> None:
    """Its addresses are good no longer than the share; what has expired is made again, for who looks later."""
    result_id = await shelf.add()
    await shelf.add_transcript(result_id, "Good")
    soon = datetime.now(UTC) + timedelta(minutes=5)
    _, mute = await share(http, result_id, mine)
    _, secret = await share(http, result_id, mine, with_sound=True, expires_at=soon.isoformat())
    assert (await look(http, secret))["sound"] is None
    await shelf.put_rendition(result_id, "light", b"sound", "audio/mp4")
    assert (await look(http, secret))["sound"]["peaks"] is None
    await shelf.put_rendition(result_id, "peaks", b"[]", "application/json")
    shown = await look(http, secret)
    assert set(shown["sound"]) == {"light", "peaks"}
    async with httpx.AsyncClient() as browser:
        sound = await browser.get(shown["sound"]["light"], headers={"Range": "bytes=1-2"})
    assert (sound.status_code, sound.content, sound.headers["content-type"]) == (206, b"ou", "audio/mp4")
    assert 200 < int(httpx.URL(shown["sound"]["peaks"]).params["X-Amz-Expires"]) <= 300
    assert (await look(http, mute))["sound"] is None


async def test_one_transcript_is_shared_or_the_newest(http: httpx.AsyncClient, shelf: Shelf, mine: Headers) -> None:
    """A link to the result shows what is newest when it is opened; one to a transcript stays with that."""
    result_id, other = await shelf.add(), await shelf.add()
    first = await shelf.add_transcript(result_id, "First")
    _, newest = await share(http, result_id, mine)
    _, fixed = await share(http, result_id, mine, transcript_id=first)
    await shelf.add_transcript(result_id, "Second")
    open_one = await shelf.add_transcript(result_id, "Thi", finished=False)
    assert [(await look(http, secret))["text"] for secret in (newest, fixed)] == ["Second", "First"]
    tries: list[tuple[str, dict[str, str], int]] = [
        (result_id, {"transcript_id": open_one}, 409),
        (other, {}, 409),
        (other, {"transcript_id": first}, 404),
    ]
    for shared, wish, status in tries:
        answer = await http.post(f"/results/{shared}/shares", json={"with_sound": False} | wish, headers=mine)
        assert answer.status_code == status


@pytest.mark.parametrize("left", [timedelta(seconds=30), timedelta(days=400), -timedelta(days=1)])
async def test_time_of_a_share_is_bounded(http: httpx.AsyncClient, mine: Headers, left: timedelta) -> None:
    """It is a time to come, and within a year."""
    wish = {"with_sound": False, "expires_at": (datetime.now(UTC) + left).isoformat()}
    assert (await http.post(f"/results/{uuid4()}/shares", json=wish, headers=mine)).status_code == 422


async def test_shares_are_the_owners_and_no_more_than_so_many(
    http: httpx.AsyncClient, shelf: Shelf, mine: Headers, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others find no result; those that have ended don't count; the list goes on where it ended."""
    monkeypatch.setattr(service, "MOST_LIVING", 2)
    result_id, another = await shelf.add(), await shelf.add()
    await shelf.add_transcript(result_id, "Good")
    ids = [(await share(http, result_id, mine))[0] for _ in range(2)]
    path, wish = f"/results/{result_id}/shares", {"with_sound": False}
    assert (await http.post(path, json=wish, headers=mine)).json()["code"] == "too_many_shares"
    assert (await http.delete(f"/results/{another}/shares/{ids[0]}", headers=mine)).status_code == 404
    assert (await http.delete(f"{path}/{ids[0]}", headers=mine)).status_code == 204
    ids.append((await share(http, result_id, mine))[0])
    pages, cursor = [], ""
    for _ in ids:
        page = (await http.get(f"{path}?limit=1{cursor}", headers=mine)).json()
        pages += [one["id"] for one in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert (pages, page["next_cursor"]) == (ids[::-1], None)
    other = pool.person("other")
    refused = [
        await http.post(path, json=wish, headers=other),
        await http.get(path, headers=other),
        await http.delete(f"{path}/{ids[1]}", headers=other),
    ]
    assert [answer.status_code for answer in refused] == [404] * 3


async def test_guesses_are_counted(
    http: httpx.AsyncClient, running_app: FastAPI, valkey: Redis, shelf: Shelf, mine: Headers
) -> None:
    """Links that don't hold count as refused credentials; one that does is opened from there all the same."""
    result_id = await shelf.add()
    await shelf.add_transcript(result_id, "Good")
    _, secret = await share(http, result_id, mine)
    with limited(running_app, valkey, sign_ins=2):
        guessed = [await http.post("/shared/look", json={"secret": "guess"}) for _ in range(3)]
        assert [answer.status_code for answer in guessed] == [404, 404, 429]
        assert (await look(http, secret))["text"] == "Good"


async def test_what_is_shared_is_what_is_there(
    http: httpx.AsyncClient, units: Units, shelf: Shelf, mine: Headers
) -> None:
    """A result that is being transcribed once more, or has failed at it, still shows its last text."""
    result_id = await shelf.add()
    await shelf.add_transcript(result_id, "Good")
    _, secret = await share(http, result_id, mine)
    for status in (Status.TRANSCRIBING, Status.FAILED):
        async with units.begin() as work:
            await work.session.execute(update(Media).where(Media.id == UUID(result_id)).values(status=status))
        assert (await look(http, secret))["text"] == "Good"
