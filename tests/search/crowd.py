"""A hundred thousand results of a thousand owners, in a few seconds."""

from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

LARGE = ("media", "transcripts", "transcript_segments", "search_texts")
"""The tables that no list may go through."""

MAKING = Path(__file__).with_suffix(".sql")
BEGUN_MS, SECOND_MS = 1_767_225_600_000, 1_000
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('media', 'search_texts') AND indexname NOT LIKE 'pk%'
"""


async def gather(connection: AsyncConnection) -> None:
    """Put them all there, and let Postgres have a look; indexes are made after, which is quicker."""
    indexes = (await connection.exec_driver_sql(INDEXES)).all()
    script = [
        *(f"DROP INDEX {index.indexname}" for index in indexes),
        MAKING.read_text(),
        *(index.indexdef for index in indexes),
        f"ANALYZE users, {', '.join(LARGE)}",
    ]
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    await driver.execute(";\n".join(script))


def owner(number: int) -> UUID:
    """Return the id of one of the owners."""
    return UUID(f"{BEGUN_MS + number * SECOND_MS:012x}7{number & 4095:03x}8{1:015}")
