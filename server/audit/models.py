"""The log of what was done by whom."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Identified, words


class Action(StrEnum):
    """What was done."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    ROLE_CHANGED = "role_changed"
    APPROVED_AHEAD = "approved_ahead"
    DELEGATED = "delegated"
    KEY_MADE = "key_made"
    KEY_USED = "key_used"
    KEY_REVOKED = "key_revoked"
    INVITE_MADE = "invite_made"
    INVITE_USED = "invite_used"
    INVITE_REVOKED = "invite_revoked"
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    AGREED = "agreed"
    PROFILE_CHANGED = "profile_changed"
    EXPORT_ASKED = "export_asked"
    RESULTS_EXPORTED = "results_exported"
    RESULT_CHANGED = "result_changed"
    RESULT_DELETED = "result_deleted"
    TRANSCRIPT_CORRECTED = "transcript_corrected"
    RESULT_SHARED = "result_shared"
    SHARE_REVOKED = "share_revoked"
    RECITAL_DISAVOWED = "recital_disavowed"
    DOCUMENT_CHANGED = "document_changed"
    LEAVING = "leaving"
    STAYING = "staying"
    LEFT = "left"


NAMING_ADDRESSES = (Action.APPROVED_AHEAD, Action.APPROVAL_WITHDRAWN)
"""What is noted of somebody who has not come yet, by the address in its details."""


class AuditEntry(Identified, Base):
    """One thing that was done.

    `actor_id` did it, or had it done by a `tool`; `subject_id` is what or whom it was done to. No foreign keys: what is
    written here outlives those it speaks of.
    """

    __tablename__ = "audit_log"

    action: Mapped[Action] = mapped_column(words(Action))
    actor_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    tool: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))

    __table_args__ = (
        Index("ix_audit_log_actor_id_id", "actor_id", "id"),
        Index("ix_audit_log_subject_id_id", "subject_id", "id"),
        Index("ix_audit_log_action_id", "action", "id"),
    )
