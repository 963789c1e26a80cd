"""Imports every domain's models, so that Alembic sees all tables."""

from server.audit.models import AuditEntry
from server.auth.models import ApiKey, SpentToken
from server.db.base import Base
from server.documents.models import Document, Sentence
from server.exports.models import Export
from server.idempotency.models import IdempotencyRecord
from server.invites.models import Invite, InviteUse
from server.mails.models import Mail
from server.media.models import Media, Rendition
from server.preprocessing.models import Preprocessing, PreprocessingRequest
from server.recitals.models import AudioSlice, Recital, TextSegment
from server.search.models import SearchText
from server.shares.models import Share
from server.tallies.models import Tally
from server.tasks.models import Task
from server.transcription.models import Transcript, TranscriptEdit, TranscriptSegment
from server.uploads.models import Upload
from server.users.models import Agreement, Approval, Identity, User
from server.webhooks.models import CallbackSecret, Delivery, DeliveryAttempt, WebhookEndpoint

__all__ = [
    "Agreement",
    "ApiKey",
    "Approval",
    "AudioSlice",
    "AuditEntry",
    "Base",
    "CallbackSecret",
    "Delivery",
    "DeliveryAttempt",
    "Document",
    "Export",
    "IdempotencyRecord",
    "Identity",
    "Invite",
    "InviteUse",
    "Mail",
    "Media",
    "Preprocessing",
    "PreprocessingRequest",
    "Recital",
    "Rendition",
    "SearchText",
    "Sentence",
    "Share",
    "SpentToken",
    "Tally",
    "Task",
    "TextSegment",
    "Transcript",
    "TranscriptEdit",
    "TranscriptSegment",
    "Upload",
    "User",
    "WebhookEndpoint",
]
