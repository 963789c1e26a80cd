"""Lists of results: filtered, sorted, counted, page by page."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import update

from server.auth.principal import Principal
from server.db.cursors import BadCursor
from server.media.models import Media
from server.media.state import Status
from server.results import counting
from server.results.filters import Filters
from server.results.finding import Finder, Listing
from server.results.sorting import Sort
from server.search import service as search
from server.transcription.models import Transcript
from tests.search.conftest import Library
from tests.tokens import Pool

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


async def shelve(library: Library) -> dict[str, UUID]:
    """Add one result of each sort, and return their ids by what they are."""
    made = {
        "plain": await library.add("good morning", title="b plain", duration_ms=2_000, tags=["work"]),
        "video": await library.add("good evening", title="a video", kind="video", duration_ms=1_000),
        "image": await library.add(title="C image", kind="image", duration_ms=None, tags=["work", "home"]),
        "failed": await library.add(title="d failed", status=Status.FAILED, language=None, duration_ms=3_000),
        "hebrew": await library.add("בוקר טוב", title="e hebrew", language="he-IL", origin="recital", flags=["noisy"]),
        "gone": await library.add("good night", title="gone", status=Status.GONE),
    }
    session = library.work.session
    await session.execute(update(Media).where(Media.id == made["plain"]).values(created_at=LONG_AGO))
    await session.execute(update(Media).where(Media.id == made["video"]).values(confidence=0.5, engine="aws"))
    await session.execute(update(Media).where(Media.id == made["failed"]).values(confidence=0.7))
    return made


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({}, "hebrew failed image video plain"),
        ({"status": ["failed"]}, "failed"),
        ({"status": ["failed", "completed"], "kind": ["video", "image"]}, "image video"),
        ({"language": ["he"]}, "hebrew"),
        ({"language": ["en-GB", "HE"]}, "hebrew image video plain"),
        ({"engine": ["aws"]}, "video"),
        ({"origin": "recital"}, "hebrew"),
        ({"tag": ["home"]}, "image"),
        ({"tag": ["home", "work"]}, "image plain"),
        ({"flag": ["noisy"]}, "hebrew"),
        ({"shortest_ms": 1_000, "longest_ms": 2_000}, "video plain"),
        ({"q": "good"}, "video plain"),
        ({"q": "good", "kind": ["video"]}, "video"),
        ({"q": "good", "sort": "created"}, "plain video"),
        ({"sort": "created"}, "plain video image failed hebrew"),
        ({"sort": "title"}, "video plain image failed hebrew"),
        ({"sort": "-title"}, "hebrew failed image plain video"),
        ({"sort": "duration"}, "video plain failed hebrew image"),
        ({"sort": "-duration"}, "hebrew failed plain video image"),
        ({"sort": "-status"}, "failed hebrew image video plain"),
        ({"sort": "confidence"}, "video failed plain hebrew image"),
        ({"sort": "-confidence"}, "hebrew plain failed video image"),
    ],
)
async def test_lists_are_filtered_and_sorted(library: Library, wish: dict[str, Any], found: str) -> None:
    """Each filter leaves out the rest, each order is kept from page to page, and what is unknown comes last."""
    names = {made: name for name, made in (await shelve(library)).items()}
    seen: list[str] = []
    cursor: str | None = None
    while not seen or cursor is not None:
        page = await library.find(**wish, limit=1, cursor=cursor)
        seen += [names[item.id] for item in page.items]
        cursor = page.next_cursor
    assert " ".join(seen) == found


async def test_times_of_making_are_exact(library: Library) -> None:
    """From a moment on, and before another: the database's own time, whatever clock the id was made by."""
    first, second = [await library.add() for _ in range(2)]
    made = datetime.now(UTC)
    for result_id, moment in ((first, made), (second, made + timedelta(milliseconds=1))):
        await library.work.session.execute(update(Media).where(Media.id == result_id).values(created_at=moment))
    assert await library.ids(created_from=made + timedelta(milliseconds=1)) == [second]
    assert await library.ids(created_to=made + timedelta(milliseconds=1)) == [first]
    assert await library.ids(created_from=made, created_to=made + timedelta(seconds=1)) == [second, first]


@pytest.mark.parametrize("wish", [{"sort": sort} for sort in Sort if sort is not Sort.RELEVANCE] + [{"q": "good"}])
async def test_pages_stay_stable_while_rows_are_added(library: Library, wish: dict[str, Any]) -> None:
    """Whatever the order, what was there is seen once, though others come on all sides of it."""

    async def add(number: int) -> UUID:
        return await library.add(
            f"good {'good ' * (number % 4)}", title=f"{number * 7 % 5}", duration_ms=number * 7 % 5
        )

    there = [await add(number) for number in range(6)]
    seen: list[UUID] = []
    cursor: str | None = None
    while not seen or cursor is not None:
        page = await library.find(**wish, limit=2, cursor=cursor)
        seen += [item.id for item in page.items]
        cursor = page.next_cursor if len(seen) < 30 else None
        await add(len(seen))
    assert [seen.count(result_id) for result_id in there] == [1] * len(there)


async def test_cursor_is_for_its_own_list(library: Library) -> None:
    """Of another order, question or filter it is refused, as is one that was made up."""
    await shelve(library)
    given = (await library.find(limit=1, sort="title")).next_cursor
    for wish in ({"sort": "-title"}, {"sort": "title", "q": "good"}, {"sort": "title", "kind": ["audio"]}):
        with pytest.raises(BadCursor):
            await library.find(**wish, cursor=given)
    with pytest.raises(BadCursor):
        await library.find(sort="title", cursor="bm9uc2Vuc2U")


async def test_counts_leave_out_their_own_filter(library: Library) -> None:
    """Beside what is chosen one sees what could be chosen instead."""
    await shelve(library)
    counts = await counting.count(library.work.session, library.reader, Filters(kind=["audio"], tag=["work"]))
    assert counts.model_dump() == {
        "total": 1,
        "is_capped": False,
        "status": {"completed": 1},
        "kind": {"audio": 1, "image": 1},
        "language": {"en": 1},
        "engine": {"whisper": 1},
        "origin": {"upload": 1},
        "tag": {"work": 1},
        "flag": {},
    }
    found = await counting.count(library.work.session, library.reader, Filters(q="good"))
    assert (found.total, found.kind) == (2, {"audio": 1, "video": 1})


async def test_nobody_finds_anothers(library: Library) -> None:
    """Others' words are not found, nor counted, whoever's results are asked for; those who see all choose whose."""
    made = await shelve(library)
    me, session = library.reader.user_id, library.work.session
    other = Principal(UUID(int=7), sees_all=False)
    for wish in ({}, {"q": "good"}, {"owner": str(me)}, {"q": "good", "owner": str(me)}):
        assert (await Finder(library.work, other).page(Listing(**wish))).items == []
        assert (await counting.count(session, other, Filters(**wish))).total == 0
    admin = Principal(UUID(int=7), sees_all=True)
    for owner, words in ((str(me), {"video", "plain"}), ("me", set())):
        page = await Finder(library.work, admin).page(Listing(owner=owner, q="good"))
        assert {item.id for item in page.items} == {made[name] for name in words}


async def test_newest_text_tells_how_sure_its_engine_was(library: Library) -> None:
    """What lists filter by follows the newest finished transcript, with the text; what is deleted is found no more."""
    media_id = await library.add("good morning")
    session = library.work.session
    item = await library.one(q="morning")
    assert (item.engine, item.confidence, item.flags) == ("whisper", 0.9, [])
    session.add(Transcript(media_id=media_id, engine="aws", model="", language="he", finished_at=datetime.now(UTC)))
    await search.index(library.work, media_id)
    assert await library.ids(q="morning") == []
    item = await library.one(language=["he"])
    assert (item.engine, item.confidence) == ("aws", None)
    (await session.get_one(Media, media_id)).become(Status.DELETING)
    await search.index(library.work, media_id)
    assert await library.ids(q="recording") == []


async def test_what_is_not_indexed_is_known(library: Library) -> None:
    """Items from before there was a search are picked up, the newest first, until they are indexed."""
    first, second = [await library.add("good morning") for _ in range(2)]
    await library.work.session.execute(update(Media).values(search_version=0))
    assert await search.unindexed(library.work, 10) == [second, first]
    assert await search.unindexed(library.work, 10, before=second) == [first]
    await search.index(library.work, second)
    assert await search.unindexed(library.work, 10) == [first]


@pytest.mark.parametrize(
    "query",
    [
        *("q=%00", f"q={'a' * 201}", "sort=size", "sort=-relevance", "limit=0", "created_from=2026-01-01T00:00:00"),
        *("status=lost", "kind=smell", "tag=%00", "flag=a-b", "owner=you", "shortest_ms=-1", "colour=red"),
        *("created_to=9999-12-31T23:59:59-23:59", f"longest_ms={2**64}"),
    ],
)
async def test_what_no_list_knows_is_refused(http: httpx.AsyncClient, pool: Pool, query: str) -> None:
    """A filter that is misspelt is no filter that lets everything through."""
    for path in ("results", "results/counts"):
        if path == "results" or not query.startswith(("sort", "limit")):
            assert (await http.get(f"/{path}?{query}", headers=pool.person("me"))).status_code == 422
