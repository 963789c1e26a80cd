"""The caller, as everything below the routes knows them."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Principal:
    """Who acts: the owner of what is made, and whether others' rows are visible to them."""

    user_id: UUID
    sees_all: bool
