"""How Postgres goes about queries for which no one plan is good, and for how long."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from server.problems import Problem

SECONDS = 10
LOCAL = True
SETTINGS = {
    # Where a twentieth of a large table is wanted, Postgres would rather read all of it: that is quick only for as long
    # as it lies in memory.
    "enable_seqscan": "off",
    # What is quick for a rare word is slow for a common one, so that a plan for any word is slow for most.
    "plan_cache_mode": "force_custom_plan",
}
QUERY_CANCELED = "57014"
"""https://www.postgresql.org/docs/current/errcodes-appendix.html"""


class TooBroad(Problem):
    """Too much has to be looked through for an answer."""

    status = 422
    code = "search_too_broad"

    def __init__(self) -> None:
        super().__init__("This takes too long to find. Add a word that is said less often, or a filter.")


@asynccontextmanager
async def planned_with_care(session: AsyncSession, seconds: float = SECONDS) -> AsyncIterator[None]:
    """Have queries planned for the values that they ask for, and by indexes, until the transaction ends.

    Raises:
        TooBroad: a query takes longer than that.
    """
    settings = SETTINGS | {"statement_timeout": f"{round(seconds * 1000)}ms"}
    await session.execute(select(*(func.set_config(name, value, LOCAL) for name, value in settings.items())))
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != QUERY_CANCELED:
            raise
        raise TooBroad from error
