"""Indexing what can't be searched for yet: items from before there was a search, or from under other rules."""

from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from server.pipeline.tools import Tools
from server.search import service as search
from server.tasks import service as tasks
from server.tasks.models import Taken

log = structlog.get_logger(__name__)

AT_ONCE = 500


async def reindex(tools: Tools, taken: Taken) -> None:
    """Index every item that is not indexed by the present rules, each in its own transaction, the newest first.

    One that can't be indexed is left for the next time: it holds up no other.
    """
    before: UUID | None = None
    while True:
        async with tools.units.begin() as work:
            await tasks.hold(work.session, taken)
            media_ids = await search.unindexed(work, AT_ONCE, before=before)
        if not media_ids:
            return
        before = media_ids[-1]
        for media_id in media_ids:
            try:
                async with tools.units.begin() as work:
                    await search.index(work, media_id)
            except SQLAlchemyError:
                log.exception("an item could not be indexed", media_id=str(media_id))
