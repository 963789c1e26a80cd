"""Gives the first people their roles.

Run as a program (`python -m server.local.people`), with a list of `Introduction` as JSON on standard input.
"""

import asyncio
import json
import sys

from server.configuration.services import Database
from server.db.sessions import open_sessions
from server.local.wishes import Introduction
from server.unit_of_work import UnitOfWork
from server.users.models import Role, UserKind
from server.users.service import Claimed, provision


async def introduce(people: list[Introduction], settings: Database) -> None:
    """Make sure that everyone is among our users, each in their role."""
    async with open_sessions(settings) as sessions, sessions() as session:
        work = UnitOfWork(session)
        for person in people:
            claimed = Claimed(UserKind.PERSON, person.issuer, person.subject, person.email, person.name)
            await provision(work, claimed, Role(person.role))
        await session.commit()


def main() -> None:
    """Read who is introduced, and introduce them."""
    people = [Introduction(**person) for person in json.load(sys.stdin)]
    asyncio.run(introduce(people, Database()))


if __name__ == "__main__":
    main()
