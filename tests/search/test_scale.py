"""A hundred thousand results: every list, filter, sort and search is answered from indexes."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from server.auth.principal import Principal
from server.db.plans import TooBroad, planned_with_care
from server.results import counting
from server.results.filters import Filters
from server.results.finding import Finder, Listing
from server.results.sorting import Sort
from server.unit_of_work import UnitOfWork
from tests.search.conftest import WORD_MS, Library
from tests.search.crowd import LARGE, gather, owner

SORTS = [{"sort": sort} for sort in Sort if sort is not Sort.RELEVANCE]
FILTERS: list[dict[str, Any]] = [
    {},
    {"status": ["failed"]},
    {"status": ["completed", "transcribing"]},
    {"kind": ["video"]},
    {"kind": ["image", "audio"]},
    {"language": ["he"]},
    {"engine": ["aws"]},
    {"origin": "recital"},
    {"tag": ["tag 9", "tag 19"]},
    {"flag": ["low_confidence"]},
    {"created_from": "2026-01-01T01:00:00Z", "created_to": "2026-01-01T02:00:00Z"},
    {"created_to": "2026-01-02T00:00:00Z"},
    {"shortest_ms": 3_590_000},
    {"shortest_ms": 1_000, "longest_ms": 300_000},
    {"owner": str(owner(7))},
    {"q": "common"},
    {"q": "seldom"},
    {"q": "common often -seldom"},
    {"q": '"common often" or w77'},
    {"q": '-"common often" recordings'},
    {"q": "nowhere"},
    {"q": "often", "kind": ["video"]},
    {"q": "common", "tag": ["tag 9"], "flag": ["low_confidence"]},
]
MIXED: list[dict[str, Any]] = [
    {"kind": ["video"], "sort": "title"},
    {"tag": ["tag 9"], "sort": "-duration"},
    {"q": "often", "sort": "title"},
    {"q": "common", "sort": "-confidence"},
    {"q": "seldom", "sort": "created"},
]
ADMIN, OWNER = Principal(owner(0), sees_all=True), Principal(owner(7), sees_all=False)
Statement = tuple[str, Any]


@pytest.fixture(scope="module")
async def crowded(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection in a transaction that has all of them, and is never committed."""
    async with engine.connect() as connection:
        transaction = await connection.begin()
        await gather(connection)
        yield connection
        await transaction.rollback()


@pytest.fixture
async def session(crowded: AsyncConnection) -> AsyncIterator[AsyncSession]:
    """A session among them, whose changes are undone."""
    async with crowded.begin_nested() as undone:
        async with AsyncSession(crowded, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            yield session
        await undone.rollback()


@pytest.fixture
def statements(engine: AsyncEngine) -> Iterator[list[Statement]]:
    """What is asked of Postgres."""
    asked: list[Statement] = []

    def note(*called: Any) -> None:
        if called[2].lstrip().startswith(("SELECT", "WITH")):
            asked.append((called[2], called[3]))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine.sync_engine, "before_cursor_execute", note)


async def read_whole(session: AsyncSession, statement: Statement) -> set[str]:
    """Name the large tables that a statement goes through."""
    sql, parameters = statement
    connection = await session.connection()
    explained = (await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {sql}", parameters)).scalar_one()
    plans = json.loads(explained) if isinstance(explained, str) else explained
    scans = [node for node in nodes(plans[0]["Plan"]) if node["Node Type"] == "Seq Scan"]
    return {scan["Relation Name"] for scan in scans} & {*LARGE}


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a plan's node with all below it."""
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


@pytest.mark.parametrize("viewer", [OWNER, ADMIN], ids=["owner", "admin"])
async def test_no_large_table_is_read_whole(
    session: AsyncSession, statements: list[Statement], viewer: Principal
) -> None:
    """No list, filter, sort, search or count reads one, whoever asks."""
    work = UnitOfWork(session)
    assert await read_whole(session, ("SELECT FROM media WHERE etag = 'x'", ())) == {"media"}
    for wish in (*SORTS, *FILTERS, *MIXED):
        async with session.begin_nested() as undone:
            statements.clear()
            page = await Finder(work, viewer).page(Listing(**wish, limit=5))
            if page.next_cursor is not None:
                await Finder(work, viewer).page(Listing(**wish, limit=5, cursor=page.next_cursor))
            if "sort" not in wish:
                await counting.count(session, viewer, Filters(**wish))
            for statement in [*statements]:
                assert await read_whole(session, statement) == set(), (wish, statement[0])
            await undone.rollback()


async def test_what_takes_too_long_is_given_up(session: AsyncSession) -> None:
    """A search that would keep Postgres busy ends, and says what to do; other trouble is not taken for that."""
    with pytest.raises(TooBroad):
        async with session.begin_nested(), planned_with_care(session, 0.01):
            await session.execute(select(func.pg_sleep(5)))
    with pytest.raises(DBAPIError):
        async with session.begin_nested(), planned_with_care(session):
            await session.execute(text("SELECT 1 / 0"))


async def test_phrase_is_found_among_all_with_its_time(session: AsyncSession) -> None:
    """What is said once, late in one long recording, is found by its owner and by an admin, to the half second."""
    library = Library(UnitOfWork(session), OWNER)
    said = [f"this is sentence number {number} of the common recording" for number in range(1_000)]
    said[900:902] = ["and then she saw the heron's quiet", "lanterns over the water"]
    found_id = await library.add(*said)
    spoken_at = (900 * 9 + 4) * WORD_MS
    for viewer in (OWNER, ADMIN):
        page = await Finder(library.work, viewer).page(Listing(q='"heron\'s quiet lantern"'))
        [(result_id, [hit])] = [(item.id, item.hits) for item in page.items]
        assert result_id == found_id
        assert abs(hit.start_ms - spoken_at) <= 500
        assert [piece.text for piece in hit.snippet if piece.is_hit] == ["heron's quiet lanterns"]


async def test_the_newest_are_ranked(session: AsyncSession) -> None:
    """Of what most recordings have in them, the thousand newest are ranked; titles tell more than texts."""
    library = Library(UnitOfWork(session), OWNER)
    titled = await library.add("one two three", title="Common things")
    page = await Finder(library.work, ADMIN).page(Listing(q="common", limit=100))
    assert page.items[0].id == titled
    seen = [item.id for item in page.items]
    while page.next_cursor is not None:
        page = await Finder(library.work, ADMIN).page(Listing(q="common", limit=100, cursor=page.next_cursor))
        seen += [item.id for item in page.items]
    assert (len(seen), len(set(seen))) == (1_000, 1_000)
    counts = await counting.count(session, ADMIN, Filters(q="common"))
    assert (counts.total, counts.is_capped) == (counting.MOST_COUNTED, True)
