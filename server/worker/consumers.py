"""From messages to services: one function for each queue."""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.unit_of_work import Units
from server.uploads import events, service


async def take_in_s3_event(units: Units, body: str) -> None:
    """Confirm every upload that an S3 event speaks of.

    Raises:
        NotUnderstood: the body is no S3 event; it belongs to the dead letters.
    """
    addresses = events.read(body)
    async with units.begin() as work:
        for address in addresses:
            await service.confirm(work, address)


async def database_answers(units: Units) -> bool:
    """Say whether what is received now could be written down."""
    try:
        async with units.begin() as work:
            await work.session.execute(text("SELECT 1"))
    except (OSError, TimeoutError, DBAPIError):
        return False
    return True
