"""Several who do something with one transcript at the same time."""

import asyncio

import pytest

from server.aws.store import Store
from server.corrections import reading
from server.corrections.finding import editable
from server.corrections.schemas import Edited
from server.media.models import Media
from server.media.state import Status
from server.pipeline import outgoing
from server.preconditions import RevisionDiffers
from server.problems import NotFound
from server.results import service as results
from server.settings import Settings
from server.unit_of_work import Units
from tests.corrections.conftest import Desk, furnish, heard
from tests.results.conftest import Shelf, know
from tests.tokens import Pool


@pytest.fixture
async def shelf(separate_units: Units, store: Store, pool: Pool, settings: Settings) -> Shelf:
    """My results, in transactions of their own."""
    return Shelf(separate_units, store, settings, await know(separate_units, pool, "me"))


async def delete(desk: Desk) -> None:
    """Delete the result."""
    async with desk.units.begin() as work:
        await results.delete(work, desk.owner, desk.named.result_id)


async def test_of_those_who_edit_at_once_exactly_one_wins(desk: Desk) -> None:
    """The others are told which version there is now, and have written nothing."""
    names = [f"editor {number}" for number in range(4)]
    edits = (desk.correct({"op": "rename_speaker", "speaker": "1", "name": name}) for name in names)
    outcomes = await asyncio.gather(*edits, return_exceptions=True)
    (winner,) = [place for place, outcome in enumerate(outcomes) if isinstance(outcome, Edited)]
    refused = [outcome.members for outcome in outcomes if isinstance(outcome, RevisionDiffers)]
    assert refused == [{"version": 1}] * 3
    async with desk.units.begin() as work:
        versions = await reading.list_versions(work, desk.owner, desk.named, 10, None)
    assert [version.number for version in versions.items] == [1, 0]
    assert [row[4] for row in await desk.rows()] == [names[winner], "2", names[winner]]


async def test_who_waits_for_the_item_holds_the_task(shelf: Shelf) -> None:
    """Else whoever deletes would hold the one, and the second editor the other."""
    desk = await furnish(shelf, [heard("Good morning, Ada.")])
    async with desk.units.begin() as work:
        await editable(work, desk.owner, desk.named)
        await outgoing.store_text(work, desk.named.result_id, desk.owner.user_id)
        rename = {"op": "change", "segment": 0, "speaker": "Ada"}
        second = asyncio.create_task(desk.correct(rename))
        await asyncio.sleep(0.1)
    third = asyncio.create_task(delete(desk))
    edited, deleted = await asyncio.gather(second, third, return_exceptions=True)
    assert (deleted, isinstance(edited, Edited | NotFound)) == (None, True)


async def test_an_edit_and_a_deletion_never_stop_each_other(shelf: Shelf) -> None:
    """Whichever is first, it is deleted in the end; the second edit's file is waiting to be written by then."""
    for _ in range(4):
        desk = await furnish(shelf, [heard("Good morning, Ada.")])
        await desk.correct({"op": "change", "segment": 0, "text": "Good night, Ada."})
        editing = desk.correct({"op": "change", "segment": 0, "text": "Good day, Ada."})
        edited, deleted = await asyncio.gather(editing, delete(desk), return_exceptions=True)
        assert deleted is None
        assert isinstance(edited, Edited | NotFound)
        async with desk.units.begin() as work:
            assert (await work.session.get_one(Media, desk.named.result_id)).status is Status.DELETING
