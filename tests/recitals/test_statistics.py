"""How much has been read, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from server.recitals.models import Recital, TextSegment
from server.recitals.state import RecitalStatus
from server.unit_of_work import Units
from server.users.models import Role, User
from tests.recitals.conftest import Reader, reader
from tests.tokens import Pool

NOTHING = {"recital_count": 0, "sentence_count": 0, "character_count": 0, "duration_ms": 0}


@pytest.fixture
async def friend(http: httpx.AsyncClient, units: Units, pool: Pool) -> Reader:
    """Somebody else who reads."""
    return await reader(http, units, pool, "friend")


async def ask(who: Reader, path: str) -> Any:
    """Ask for statistics."""
    answer = await who.http.get(f"/recitals/statistics/{path}", headers=who.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def has_read(who: Reader, *texts: str, **changed: Any) -> None:
    """Let somebody have read sentences of a second each."""
    values = {"status": RecitalStatus.UPLOADED, "duration_ms": 1000 * len(texts)} | changed
    recital = Recital(owner_id=who.id, title="A", language="en", **values)
    async with who.units.begin() as work:
        work.session.add(recital)
        await work.session.flush()
        work.session.add_all(
            TextSegment(
                recital_id=recital.id,
                index=3 * index,  # numbers may be left out
                end_ms=1000 * index,
                text=text.strip("!"),
                does_not_count=text.endswith("!"),
            )
            for index, text in enumerate(texts)
        )


async def named(who: Reader, **values: Any) -> None:
    """Change what is known of somebody."""
    async with who.units.begin() as work:
        await work.session.execute(update(User).where(User.id == who.id).values(values))


async def test_nothing_read_is_told_in_noughts(mine: Reader) -> None:
    """Before anybody has read, there are numbers all the same, a day for each day, and an empty board."""
    assert await ask(mine, "mine") == NOTHING
    assert await ask(mine, "totals") == NOTHING | {"speaker_count": 0}
    assert await ask(mine, "leaderboard") == []
    days = await ask(mine, "days")
    today = datetime.now(UTC).date()
    assert [day["date"] for day in days] == [str(today - timedelta(days=ago)) for ago in range(29, -1, -1)]
    assert {(day["recital_count"], day["duration_ms"]) for day in days} == {(0, 0)}


async def test_kept_sentences_of_recordings_count(mine: Reader, friend: Reader) -> None:
    """What was botched, taken back, discarded or is not a recording yet does not; lengths are added up once."""
    await has_read(mine, "One.", "Two!", "Three", status=RecitalStatus.AGGREGATED)
    await has_read(mine, "Four", "Five", "Six!", "Seven", discard_last=2)
    await has_read(mine, "Eight", discard_last=5)
    await has_read(mine, duration_ms=None)
    for status in (RecitalStatus.ACTIVE, RecitalStatus.ENDED, RecitalStatus.DISCARDED):
        await has_read(mine, "Nine", status=status)
    await has_read(friend, "Ten")
    # "One.", "Three", "Four" and "Five".
    amount = {"recital_count": 4, "sentence_count": 4, "character_count": 17, "duration_ms": 8000}
    assert await ask(mine, "mine") == amount
    assert await ask(mine, "totals") == {
        "recital_count": 5,
        "sentence_count": 5,
        "character_count": 20,
        "duration_ms": 9000,
        "speaker_count": 2,
    }


async def test_days_are_those_of_utc(mine: Reader, friend: Reader) -> None:
    """A recital counts on the day on which it began; those before the first day, and if asked for others', don't."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    await has_read(mine, "One", created_at=today)
    await has_read(mine, "One", "Two", created_at=today - timedelta(seconds=1))
    await has_read(mine, "One", created_at=today - timedelta(days=1))
    await has_read(mine, "One", created_at=today - timedelta(days=1, seconds=1))
    await has_read(friend, "One", created_at=today)

    async def counted(query: str) -> list[tuple[int, int]]:
        return [(day["recital_count"], day["duration_ms"]) for day in await ask(mine, f"days?{query}")]

    assert await counted("days=2") == [(2, 3000), (2, 2000)]
    assert await counted("days=2&mine=true") == [(2, 3000), (1, 1000)]
    assert await counted("days=1") == [(2, 2000)]


async def test_board_ranks_who_has_read_longest(
    mine: Reader, friend: Reader, http: httpx.AsyncClient, units: Units, pool: Pool
) -> None:
    """Equal lengths share a rank; one's own place is told wherever it is, at the end of a short board."""
    third = await reader(http, units, pool, "third")
    for who, name in ((mine, "Me"), (friend, "Friend"), (third, "Third")):
        await named(who, name=name)
    await has_read(mine, "One")
    await has_read(friend, "One", "Two")
    await has_read(third, "One")
    await has_read(third, "Two!")
    board = await ask(mine, "leaderboard")
    assert board[0] | {"name": "Friend"} == board[0]
    assert sorted((place["rank"], place["name"], place["is_me"], place["sentence_count"]) for place in board) == [
        (1, "Friend", False, 2),
        (1, "Third", False, 1),
        (3, "Me", True, 1),
    ]
    assert [place["duration_ms"] for place in board] == [2000, 2000, 1000]
    short = await ask(mine, "leaderboard?limit=1")
    assert [(place["rank"], place["is_me"]) for place in short] == [(1, False), (3, True)]


async def test_board_tells_no_addresses(
    mine: Reader, friend: Reader, http: httpx.AsyncClient, units: Units, pool: Pool
) -> None:
    """A name that is an e-mail address, or of somebody who leaves, is not told; strangers are told no name at all."""
    stranger = await reader(http, units, pool, "stranger", Role.NONE)
    await has_read(mine, "One", "Two")
    await has_read(friend, "One")
    await named(mine, name="Me")

    async def names(who: Reader) -> list[str | None]:
        return [place["name"] for place in await ask(who, "leaderboard")]

    for hidden in ({"name": "friend@example.com"}, {"name": None}, {"name": "Friend", "leaves_at": datetime.now(UTC)}):
        await named(friend, **hidden)
        assert await names(mine) == ["Me", None]
    await named(friend, name="Friend", leaves_at=None)
    assert await names(mine) == ["Me", "Friend"]
    assert await names(stranger) == [None, None]
