"""Adding to the durable counters, and reading them."""

import json
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from server.tallies.measures import Entry
from server.tallies.models import Tally
from server.unit_of_work import UnitOfWork


async def add(work: UnitOfWork, *entries: Entry) -> None:
    """Add to counters, all in one statement; they count once the transaction is committed.

    Everybody counts in the same few rows, and a row is locked until the commit: call it once a transaction, as its
    last statement. The rows are locked in one order, so that two callers never wait for each other.
    """
    amounts: defaultdict[tuple[str, str], float] = defaultdict(float)
    for entry in entries:
        amounts[entry.name, json.dumps(dict(entry.labels), sort_keys=True)] += entry.amount
    if not amounts:
        return
    rows = [
        {"name": name, "labels": json.loads(labels), "amount": amount}
        for (name, labels), amount in sorted(amounts.items())
    ]
    added = insert(Tally).values(rows)
    await work.session.execute(
        added.on_conflict_do_update(
            index_elements=[Tally.name, Tally.labels], set_={"amount": Tally.amount + added.excluded.amount}
        )
    )


async def read(work: UnitOfWork) -> list[Entry]:
    """Return all that has been counted; there are as many as there are sets of labels, which is few."""
    rows = await work.session.execute(select(Tally.name, Tally.labels, Tally.amount).order_by(Tally.name, Tally.labels))
    return [Entry(*row) for row in rows]
