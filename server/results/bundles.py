"""Asking for the texts of many results as one file."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from server.auth.principal import Principal
from server.exports import service as exports
from server.exports.models import Export
from server.media.models import Media
from server.media.state import HIDDEN
from server.problems import Problem
from server.results.organising_schemas import BundleWish
from server.unit_of_work import UnitOfWork


class ResultsMissing(Problem):
    """Some of the results are not there, or not the caller's."""

    status = 404
    code = "results_missing"

    def __init__(self, deleted: Sequence[UUID]) -> None:
        super().__init__(
            "Some of these results are not there, or not yours. Leave them out, and ask for the others.",
            deleted=list(deleted),
        )


async def ask(work: UnitOfWork, caller: Principal, wish: BundleWish) -> Export:
    """Ask for a file with the texts of all these results.

    Raises:
        ResultsMissing: the caller may not see them all; it names those that were theirs and are deleted.
        TooManyExports: others of theirs are being made.
    """
    wanted = list(dict.fromkeys(wish.ids))
    query = select(Media.id, Media.status.in_(HIDDEN).label("is_deleted")).where(Media.id.in_(wanted))
    if not caller.sees_all:
        query = query.where(Media.owner_id == caller.user_id)
    rows = (await work.session.execute(query)).all()
    deleted = [row.id for row in rows if row.is_deleted]
    if deleted or len(rows) < len(wanted):
        raise ResultsMissing(deleted)
    return await exports.ask_for_results(work, caller, wanted, list(dict.fromkeys(wish.formats)))
