"""Imports every domain's models, so that Alembic sees all tables."""

from server.audit.models import AuditEntry
from server.auth.models import ApiKey, SpentToken
from server.db.base import Base
from server.documents.models import Document, Sentence
from server.exports.models import Export
from server.idempotency.models import IdempotencyRecord
from server.invites.models import Invite, InviteUse
from server.media.models import Media, Rendition
from server.recitals.models import AudioSlice, Recital, TextSegment
from server.tallies.models import Tally
from server.tasks.models import Task
from server.transcription.models import Transcript, TranscriptSegment
from server.uploads.models import Upload
from server.users.models import Agreement, Approval, Identity, User

__all__ = [
    "Agreement",
    "ApiKey",
    "Approval",
    "AudioSlice",
    "AuditEntry",
    "Base",
    "Document",
    "Export",
    "IdempotencyRecord",
    "Identity",
    "Invite",
    "InviteUse",
    "Media",
    "Recital",
    "Rendition",
    "Sentence",
    "SpentToken",
    "Tally",
    "Task",
    "TextSegment",
    "Transcript",
    "TranscriptSegment",
    "Upload",
    "User",
]
