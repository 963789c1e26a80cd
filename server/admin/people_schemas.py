"""People and their roles as admins see them over the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from server.users.kinds import Role
from server.users.schemas import Email, GivenRole


class PersonShown(BaseModel, from_attributes=True):
    """A person, without what is for collections alone."""

    id: UUID
    email: str | None
    name: str | None
    role: Role
    created_at: datetime
    last_login_at: datetime
    leaves_at: datetime | None = Field(description="When the account is deleted, if its person wishes that.")


class PeoplePage(BaseModel):
    """Some people, the newest first."""

    items: list[PersonShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


class RoleWish(BaseModel, extra="forbid"):
    """The role that a person is to have."""

    role: Role = Field(examples=["speaker"])


class ApprovalWish(BaseModel, extra="forbid"):
    """Who is to have a role, now or from the first sign-in on."""

    email: Email
    role: GivenRole = Role.SPEAKER


class ApprovalMade(BaseModel):
    """What an approval has come to."""

    email: str
    role: Role = Field(description="Higher than asked for where the person has a higher one.")
    person_id: UUID | None = Field(description="The person, who is here and has the role; null: not yet come.")


class ApprovalShown(BaseModel, from_attributes=True):
    """A role that waits for its person."""

    email: str
    role: Role
    approved_at: datetime


class ApprovalPage(BaseModel):
    """Some approvals, by their addresses."""

    items: list[ApprovalShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")
