"""The caller, as everything below the routes knows them."""

from dataclasses import dataclass
from uuid import UUID

from server.auth.sessions import Session
from server.users.models import Role, UserKind


@dataclass(frozen=True, slots=True)
class Principal:
    """Who acts: the owner of what is made, and whether others' rows are visible to them.

    Attributes:
        session: the sign-in of a page, where that is how they came.
        tool: the name of the tool that acts for them, if one does.
    """

    user_id: UUID
    sees_all: bool
    kind: UserKind = UserKind.PERSON
    role: Role = Role.NONE
    session: Session | None = None
    tool: str | None = None
