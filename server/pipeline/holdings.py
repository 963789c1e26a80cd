"""What is held about a person, as rows that can be handed to them."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute

from server.audit.models import NAMING_ADDRESSES, AuditEntry
from server.auth.models import ApiKey
from server.db.base import Base
from server.documents.models import Document, Sentence
from server.exports.models import Export
from server.invites.models import Invite, InviteUse
from server.mails.models import Mail
from server.media.models import Media
from server.media.state import HIDDEN
from server.recitals.models import Recital, TextSegment
from server.shares.models import Share
from server.transcription.models import Transcript, TranscriptEdit
from server.unit_of_work import UnitOfWork, Units
from server.uploads.models import Upload
from server.users.models import Agreement, Approval, Identity, User
from server.webhooks.models import Delivery, WebhookEndpoint

Row = dict[str, Any]

WITHHELD = frozenset(
    {"digest", "session_version", "bucket", "key", "source_bucket", "source_key", "etag", "multipart_id", "job", "text"}
    | {"sealed", "sealed_secret", "former_sealed_secret"}
)
"""Secrets and means of our own, and the texts, which are files of their own. Whatever else a row has is told, so that
nothing is forgotten that is added one day."""
AT_ONCE = 200
FIRST = UUID(int=0)


async def profile(work: UnitOfWork, person_id: UUID) -> dict[str, object]:
    """Tell who somebody is here: the person, and how they come, what they agreed to and may do."""
    person = (await work.session.execute(_told(User).where(User.id == person_id))).mappings().one()
    invites = select(Invite.name, Invite.role, InviteUse.used_at).join(InviteUse, InviteUse.invite_id == Invite.id)
    lists: dict[str, Select[*tuple[Any, ...]]] = {
        "identities": _told(Identity).where(Identity.user_id == person_id),
        "agreements": _told(Agreement).where(Agreement.user_id == person_id),
        "approvals": _told(Approval).where(Approval.email == func.lower(person["email"] or "")),
        "api_keys": _told(ApiKey).where(ApiKey.owner_id == person_id),
        "invites": invites.where(InviteUse.user_id == person_id),
        "webhook_endpoints": _told(WebhookEndpoint).where(WebhookEndpoint.owner_id == person_id),
        "exports": _told(Export).where(Export.owner_id == person_id),
    }
    rows = {
        name: [dict(row) for row in (await work.session.execute(query)).mappings()] for name, query in lists.items()
    }
    return {"person": dict(person), **rows}


def audit(units: Units, person_id: UUID) -> AsyncIterator[list[Row]]:
    """Give what was written down that somebody did, or that was done to them, even before they came."""
    address = select(func.lower(User.email)).where(User.id == person_id).scalar_subquery()
    named = func.lower(AuditEntry.details["email"].astext) == address
    ahead = and_(AuditEntry.action.in_(NAMING_ADDRESSES), named)
    of_them = or_(AuditEntry.actor_id == person_id, AuditEntry.subject_id == person_id, ahead)
    return _pages(units, _told(AuditEntry).where(of_them), AuditEntry.id)


def uploads(units: Units, person_id: UUID) -> AsyncIterator[list[Row]]:
    """Give what somebody said they would send."""
    return _pages(units, _told(Upload).where(Upload.owner_id == person_id), Upload.id)


def mails(units: Units, person_id: UUID) -> AsyncIterator[list[Row]]:
    """Give what mail somebody got, or is to get, as far as it is remembered."""
    address = select(func.lower(User.email)).where(User.id == person_id).scalar_subquery()
    of_them = or_(Mail.user_id == person_id, func.lower(Mail.address) == address)
    return _pages(units, _told(Mail).where(of_them), Mail.id)


def deliveries(units: Units, person_id: UUID) -> AsyncIterator[list[Row]]:
    """Give what somebody's programs were told, or are to be."""
    return _pages(units, _told(Delivery).where(Delivery.owner_id == person_id), Delivery.id)


def results(units: Units, person_id: UUID) -> AsyncIterator[list[Row]]:
    """Give somebody's items, each with `filename`, as it was when it came, and where its source lies."""
    same_object = and_(Upload.bucket == Media.source_bucket, Upload.key == Media.source_key)
    query = _told(Media, Upload.filename, Media.source_bucket, Media.source_key).outerjoin(Upload, same_object)
    return _pages(units, query.where(Media.owner_id == person_id, Media.status.not_in(HIDDEN)), Media.id)


async def transcripts(work: UnitOfWork, media_ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    """Return what there is to know of items' transcripts but their texts, by item."""
    return await _by_item(work, Transcript, media_ids)


def edits(units: Units, transcript_id: UUID) -> AsyncIterator[list[Row]]:
    """Give what was corrected in a transcript, in order; one correction may have to do with every segment."""
    query = _told(TranscriptEdit).where(TranscriptEdit.transcript_id == transcript_id)
    return _pages(units, query, TranscriptEdit.id, at_once=1)


async def shares(work: UnitOfWork, media_ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    """Return what there is to know of the links to items but their secrets, by item."""
    return await _by_item(work, Share, media_ids)


def documents(units: Units, person_id: UUID) -> AsyncIterator[list[Row]]:
    """Give the documents that somebody has added."""
    return _pages(units, _told(Document).where(Document.owner_id == person_id), Document.id)


async def document_text(work: UnitOfWork, document_id: UUID) -> str:
    """Return the text of a document, with a blank line between paragraphs."""
    paragraph = select(func.string_agg(Sentence.text, aggregate_order_by(text("' '"), Sentence.index)))
    paragraph = paragraph.where(Sentence.document_id == document_id).group_by(Sentence.paragraph)
    return "\n\n".join((await work.session.execute(paragraph.order_by(Sentence.paragraph))).scalars())


def recitals(units: Units, person_id: UUID) -> AsyncIterator[list[Row]]:
    """Give what somebody has read aloud."""
    return _pages(units, _told(Recital).where(Recital.owner_id == person_id), Recital.id)


async def text_segments(work: UnitOfWork, recital_id: UUID) -> list[Row]:
    """Return what was read in a recital, and until when."""
    columns = (
        TextSegment.index,
        TextSegment.end_ms,
        TextSegment.text,
        TextSegment.does_not_count,
        TextSegment.quality,
    )
    query = select(*columns).where(TextSegment.recital_id == recital_id).order_by(TextSegment.index)
    return await _rows(work, query)


def _told(model: type[Base], *more: InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
    columns: list[ColumnElement[Any]] = [column for column in model.__table__.c if column.name not in WITHHELD]
    return select(*columns, *more)


async def _by_item(
    work: UnitOfWork, model: type[Transcript | Share], media_ids: Sequence[UUID]
) -> dict[UUID, list[Row]]:
    query = _told(model).where(model.media_id.in_(media_ids)).order_by(model.id)
    by_item: dict[UUID, list[Row]] = {media_id: [] for media_id in media_ids}
    for row in await _rows(work, query):
        by_item[row["media_id"]].append(row)
    return by_item


async def _rows(work: UnitOfWork, query: Select[*tuple[Any, ...]]) -> list[Row]:
    return [dict(row) for row in (await work.session.execute(query)).mappings()]


async def _pages(
    units: Units, query: Select[*tuple[Any, ...]], key: InstrumentedAttribute[UUID], at_once: int | None = None
) -> AsyncIterator[list[Row]]:
    """Read rows in the order of their ids, so many in a transaction, and never an empty page."""
    last = FIRST
    while True:
        async with units.begin() as work:
            rows = await _rows(work, query.where(key > last).order_by(key).limit(at_once or AT_ONCE))
        if not rows:
            return
        yield rows
        last = rows[-1]["id"]
