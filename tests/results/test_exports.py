"""Many results as one file, over HTTP."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select

from server.audit.models import Action, AuditEntry
from server.aws.store import Address, Store
from server.exports import service
from server.exports.models import Export
from server.media.state import Status
from server.tasks.models import Kind
from server.unit_of_work import Units
from tests.results.conftest import Shelf, know
from tests.tokens import Pool

Headers = dict[str, str]


async def ask(http: httpx.AsyncClient, headers: Headers, *ids: str, formats: Sequence[str] = ("txt",)) -> Any:
    """Ask for a file of these results."""
    return await http.post("/results/exports", json={"ids": ids, "formats": formats}, headers=headers)


async def test_export_is_asked_for_and_fetched(
    http: httpx.AsyncClient, units: Units, store: Store, shelf: Shelf, mine: Headers, pool: Pool
) -> None:
    """It is a task of its own, made once for each key, and listed apart from those of an account, which it outlives."""
    ids = [await shelf.add(), await shelf.add()]
    asked = await ask(http, mine | {"Idempotency-Key": "k"}, *ids, ids[0], formats=("srt", "docx", "srt"))
    export_id = asked.json()["id"]
    assert (asked.status_code, asked.headers["location"]) == (202, f"/api/v1/results/exports/{export_id}")
    again = await ask(http, mine | {"Idempotency-Key": "k"}, *ids, ids[0], formats=("srt", "docx", "srt"))
    assert (again.json(), again.headers["location"]) == (asked.json(), asked.headers["location"])
    assert await shelf.work_for(export_id) == [Kind.BUNDLE]
    address = Address(shelf.settings.aws.processed_bucket, f"{uuid4()}/exports/{export_id}/x-1/lectern.zip")
    await store.clients.s3.put_object(Bucket=address.bucket, Key=address.key, Body=b"PK")
    account = (await http.post("/me/export", headers=mine)).json()["id"]
    async with units.begin() as work:
        await service.finish(work, UUID(export_id), address, 2, days=7)
        await service.finish(work, UUID(account), Address(address.bucket, "account"), 2, days=7)
        wanted = (await work.session.execute(select(Export).where(Export.id == UUID(export_id)))).scalar_one()
        assert ([str(one) for one in wanted.wanted], wanted.formats) == (ids, ["srt", "docx"])
        noted = select(AuditEntry.subject_id, AuditEntry.details).where(AuditEntry.action == Action.RESULTS_EXPORTED)
        assert (await work.session.execute(noted)).all() == [(wanted.id, {"results": 2})]
    shown = (await http.get(f"/results/exports/{export_id}", headers=mine)).json()
    async with httpx.AsyncClient() as browser:
        file = await browser.get(shown["url"])
    assert file.headers["content-disposition"].startswith('attachment; filename="lectern-results-')
    lists = [(await http.get(path, headers=mine)).json()["items"] for path in ("/results/exports", "/me/exports")]
    assert [[item["id"] for item in items] for items in lists] == [[export_id], [account]]
    for path, headers in (
        (f"/me/exports/{export_id}", mine),
        (f"/results/exports/{export_id}", pool.machine("lectern/admin")),
    ):
        assert (await http.get(path, headers=headers)).status_code == 404


async def test_what_is_missing_is_told(
    http: httpx.AsyncClient, units: Units, shelf: Shelf, mine: Headers, pool: Pool
) -> None:
    """Nothing is made while any of the results is not there; of those one had, it is told which are deleted."""
    result_id, gone = await shelf.add(), await shelf.add(Status.DELETING)
    theirs = await Shelf(units, shelf.store, shelf.settings, await know(units, pool, "other")).add()
    for ids, deleted in (((theirs, result_id), []), ((str(uuid4()),), []), ((theirs, gone, result_id), [gone])):
        refused = await ask(http, mine, *ids)
        assert (refused.status_code, refused.json()["code"], refused.json()["deleted"]) == (
            404,
            "results_missing",
            deleted,
        )
        assert theirs not in refused.text
    assert (await ask(http, pool.machine("lectern/admin"), theirs, result_id)).status_code == 202
    for chosen, formats in (([], ["txt"]), ([result_id], []), ([result_id], ["exe"])):
        assert (await ask(http, mine, *chosen, formats=formats)).status_code == 422


async def test_few_are_made_at_once(http: httpx.AsyncClient, units: Units, shelf: Shelf, mine: Headers) -> None:
    """Whoever has as many under way as may be waits until one is ready, or has failed."""
    result_id = await shelf.add()
    asked = [await ask(http, mine, result_id) for _ in range(service.MOST_PENDING)]
    assert [answer.status_code for answer in asked] == [202] * service.MOST_PENDING
    assert (await ask(http, mine, result_id)).json()["code"] == "too_many_exports"
    async with units.begin() as work:
        await service.fail(work, UUID(asked[0].json()["id"]))
    assert (await ask(http, mine, result_id)).status_code == 202
