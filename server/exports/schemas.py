"""Exports as they go over the wire."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field

from server.exports.models import Export, ExportStatus


class ExportShown(BaseModel):
    """How an export stands."""

    id: UUID
    status: ExportStatus
    created_at: datetime
    size: int | None = Field(description="In bytes, once it is ready.", examples=[227244])
    expires_at: datetime | None = Field(description="Until when it can be fetched.")
    url: str | None = Field(description="Where to fetch the zip file, while it is ready; good for an hour at most.")
    error: str | None = Field(description="Why it failed, and what to do.", examples=[None])

    @classmethod
    def of(cls, export: Export, url: str | None) -> Self:
        """Show an export."""
        return cls(
            id=export.id,
            status=export.standing,
            created_at=export.created_at,
            size=export.size,
            expires_at=export.expires_at,
            url=url,
            error=export.error,
        )


class ExportPage(BaseModel):
    """Some of a caller's exports, newest first."""

    items: list[ExportShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")
