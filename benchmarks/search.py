"""Finding what was said among 100,000 results, over the bare query that names the same rows.

Starts services of its own. Some of the results are recordings of 1,500 words, indexed as the service does it; the rest
is there to be in the way. Ours has what the page needs: the newest thousand ranked, the titles and texts as they begin,
and the hits with their times; the bare query has the ids of the newest twenty that have the words. Both are asked in
turns by an admin, who searches everybody's. Run by `make bench`.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from uuid_utils.compat import uuid7

from server.auth.principal import Principal
from server.local.backing import Options, backing
from server.media.kinds import MediaKind
from server.media.models import Media
from server.media.state import Status
from server.results.finding import Finder, Listing
from server.search import service as search
from server.transcription.models import Transcript, TranscriptSegment
from server.unit_of_work import UnitOfWork
from tests.search.crowd import gather, owner

RECORDINGS = 1_000
SEGMENTS, WORDS_EACH, WORD_MS = 100, 15, 300
VOCABULARY = 20_000
TURNS = 15
ADMIN = Principal(owner(0), sees_all=True)

NEWEST = "SELECT id FROM media WHERE status NOT IN ('deleting', 'gone') ORDER BY id DESC LIMIT 20"
HAVING = """
SELECT media_id FROM search_texts
WHERE part = 0 AND vector @@ CAST('{words}' AS tsquery) ORDER BY media_id DESC LIMIT 20
"""
QUESTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "list, newest first": ({}, NEWEST),
    "a word of 60,000 results": ({"q": "common"}, HAVING.format(words="common")),
    "a word of 1,000 long ones": ({"q": "w0"}, HAVING.format(words="w0")),
    "a word of 100 results": ({"q": "seldom"}, HAVING.format(words="seldom")),
    "two words": ({"q": "w5 w50"}, HAVING.format(words="w5 & w50")),
    "a phrase of one": ({"q": '"the heron w1 lantern"'}, HAVING.format(words="heron & w1 & lantern")),
}


async def speak(session: AsyncSession, number: int, chance: random.Random) -> None:
    """Add a recording in which words are said as often as in any language, and index it."""
    media = Media(
        id=uuid7(),
        owner_id=owner(number % 1_000),
        kind=MediaKind.AUDIO,
        status=Status.COMPLETED,
        title=f"Recording {number}",
        language="en",
        content_type="audio/wav",
        source_bucket="raw",
        source_key=str(number),
        size=1,
        etag="e",
    )
    session.add(media)
    await session.flush()
    transcript = Transcript(
        media_id=media.id, engine="whisper", model="tiny", language="en", finished_at=datetime.now(UTC)
    )
    session.add(transcript)
    await session.flush()
    session.add_all(_segment(transcript, index, _sentence(number, index, chance)) for index in range(SEGMENTS))
    await search.index(UnitOfWork(session), media.id)


def _sentence(number: int, index: int, chance: random.Random) -> list[str]:
    if (number, index) == (RECORDINGS // 2, SEGMENTS // 2):
        return ["the", "heron", "w1", "lantern"]
    # Zipf's law: the word of rank n is said a share of 1/n as often.
    return [f"w{int(VOCABULARY ** chance.random()) - 1}" for _ in range(WORDS_EACH)]


def _segment(transcript: Transcript, index: int, words: Sequence[str]) -> TranscriptSegment:
    begin = index * WORDS_EACH * WORD_MS
    times = [(word, begin + place * WORD_MS) for place, word in enumerate(words)]
    return TranscriptSegment(
        transcript_id=transcript.id,
        index=index,
        start_ms=begin,
        end_ms=begin + WORDS_EACH * WORD_MS,
        text=" ".join(words),
        words=[{"text": word, "start_ms": at, "end_ms": at + WORD_MS, "confidence": 0.9} for word, at in times],
    )


async def median_ms(ask: Callable[[], Awaitable[object]]) -> float:
    """Return how long it takes, when what it needs is in memory."""
    took = []
    for _ in range(TURNS):
        began = time.perf_counter()
        await ask()
        took.append((time.perf_counter() - began) * 1000)
    return median(took[1:])


async def measure() -> None:
    """Print how long each question takes, and indexing."""
    table = Table("what", "bare, ms", "ours, ms", "ratio")
    with tempfile.TemporaryDirectory() as made:
        async with backing(Path(made) / ".lectern", Options(say=lambda _: None), migrate=True) as running:
            engine = create_async_engine(running.environment["DB_CONNECTION_STR"])
            sessions = async_sessionmaker(engine, expire_on_commit=False)
            async with engine.begin() as connection:
                await gather(connection)
            chance = random.Random(RECORDINGS)  # noqa: S311 - words are no secret
            indexing = []
            for number in range(RECORDINGS):
                async with sessions.begin() as session:
                    began = time.perf_counter()
                    await speak(session, number, chance)
                    indexing.append((time.perf_counter() - began) * 1000)
            async with engine.begin() as connection:
                await connection.exec_driver_sql("ANALYZE")
            for what, (wish, bare) in QUESTIONS.items():
                ours_ms, bare_ms = await compare(sessions, wish, bare)
                table.add_row(what, f"{bare_ms:.1f}", f"{ours_ms:.1f}", f"{ours_ms / bare_ms:.1f}")
            await engine.dispose()
    table.add_row(f"writing and indexing {SEGMENTS * WORDS_EACH:,} words", "", f"{median(indexing):.1f}", "")
    Console().print(table)


async def compare(sessions: async_sessionmaker[AsyncSession], wish: dict[str, Any], bare: str) -> tuple[float, float]:
    """Return what a question takes, by ours and by the bare query, in milliseconds."""

    async def ask() -> None:
        async with sessions.begin() as session:
            await Finder(UnitOfWork(session), ADMIN).page(Listing(**wish))

    async def ask_barely() -> None:
        async with sessions.begin() as session:
            await session.execute(text(bare))

    return await median_ms(ask), await median_ms(ask_barely)


if __name__ == "__main__":
    asyncio.run(measure())
