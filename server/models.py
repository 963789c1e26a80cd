"""Imports every domain's models, so that Alembic sees all tables."""

from server.audit.models import AuditEntry
from server.auth.models import ApiKey, SpentToken
from server.db.base import Base
from server.idempotency.models import IdempotencyRecord
from server.media.models import Media, Rendition
from server.tallies.models import Tally
from server.tasks.models import Task
from server.transcription.models import Transcript, TranscriptSegment
from server.uploads.models import Upload
from server.users.models import Approval, Identity, User

__all__ = [
    "ApiKey",
    "Approval",
    "AuditEntry",
    "Base",
    "IdempotencyRecord",
    "Identity",
    "Media",
    "Rendition",
    "SpentToken",
    "Tally",
    "Task",
    "Transcript",
    "TranscriptSegment",
    "Upload",
    "User",
]
