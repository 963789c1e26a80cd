"""The caller, as everything below the routes knows them."""

from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from server.auth.sessions import Session
from server.users.models import Role, UserKind


@dataclass(frozen=True, slots=True)
class Principal:
    """Who acts: the owner of what is made, and whether others' rows are visible to them.

    Attributes:
        session: the sign-in of a page, where that is how they came.
        tool: the name of the tool that acts for them, if one does.
        by_key: an API key is all that they have shown.
    """

    user_id: UUID
    sees_all: bool
    kind: UserKind = UserKind.PERSON
    role: Role = Role.NONE
    session: Session | None = None
    tool: str | None = None
    by_key: bool = False

    def with_at_least(self, role: Role) -> Self:
        """Return a person as having a role that everybody has here; machines have none."""
        return self if self.kind is UserKind.MACHINE else replace(self, role=self.role.at_least(role))
