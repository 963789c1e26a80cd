"""What goes out into the world when an item has come to its end: by mail, to other programs, and as a file.

Each is a task of its own, so that none of them holds up another, and none that fails undoes what was done.
"""

from server.media.models import Media
from server.unit_of_work import UnitOfWork


async def tell(work: UnitOfWork, media: Media) -> None:
    """Add what follows from an item's being completed or failed; again is fine, and adds nothing."""
