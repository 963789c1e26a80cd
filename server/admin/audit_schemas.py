"""The audit log as it goes over the wire."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from server.audit.models import Action


class EntryShown(BaseModel, from_attributes=True):
    """One thing that was done."""

    id: UUID
    action: Action
    created_at: datetime
    actor_id: UUID | None = Field(description="Who did it.")
    actor_email: str | None = Field(description="Null of machines, and of who has left.")
    actor_name: str | None
    subject_id: UUID | None = Field(description="What or whom it was done to.")
    subject_email: str | None = Field(description="Null of what is no person, and of who has left.")
    subject_name: str | None
    tool: str | None = Field(description="The tool by which they did it, if any.")
    details: dict[str, Any] = Field(examples=[{"old": "none", "new": "speaker"}])


class EntryPage(BaseModel):
    """Some entries, the newest first."""

    items: list[EntryShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")
