"""Links by which anybody reads a result: made and ended by its owner, followed by whoever has one."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update

from server.audit.models import Action
from server.audit.service import note
from server.auth.principal import Principal
from server.aws.store import Store
from server.db.cursors import newest_first, next_cursor
from server.media.models import Media
from server.media.repository import MediaRepository
from server.media.state import HIDDEN
from server.problems import NotFound, Problem
from server.shares.models import Share
from server.shares.schemas import SharedResult, ShareMade, SharePage, ShareShown, ShareWish
from server.shares.sound import sound_of
from server.transcription.formats import Transcription
from server.transcription.models import Transcript
from server.transcription.repository import TranscriptRepository
from server.transcription.schemas import segments_shown, words_shown
from server.unit_of_work import UnitOfWork
from server.users.models import User

SECRET_BYTES = 32
MOST_LIVING = 100
NOW = func.clock_timestamp()
HOLDS = and_(Share.revoked_at.is_(None), or_(Share.expires_at.is_(None), Share.expires_at > NOW))


class NoSuchShare(Problem):
    """There is none such, it has ended, or the result is gone; which of these is nobody's business who guesses."""

    status = 404
    code = "no_such_share"

    def __init__(self) -> None:
        super().__init__("This link does not hold, or no longer. Ask whoever sent it to you for another one.")


class NothingToShare(Problem):
    """There is no whole text yet, or never will be."""

    status = 409
    code = "nothing_to_share"

    def __init__(self) -> None:
        super().__init__("There is no finished transcript to be shared. Wait for it, or transcribe the result again.")


class TooManyShares(Problem):
    """A result has as many living shares as it may."""

    status = 409
    code = "too_many_shares"

    def __init__(self) -> None:
        super().__init__(f"A result has at most {MOST_LIVING} links that hold. Revoke one, and share it then.")


@dataclass(frozen=True, slots=True)
class Shared:
    """What a share that holds gives."""

    share: Share
    media: Media
    transcript: Transcript


async def make(work: UnitOfWork, maker: Principal, origin: str, result_id: UUID, wish: ShareWish) -> ShareMade:
    """Share a result; the link is returned this once, and only a digest of the secret in it is kept.

    Raises:
        NotFound: there is no such result or transcript, or it is another's.
        NothingToShare: its transcript is not finished.
        TooManyShares: there are as many as there may be.
    """
    # Locked, so that of two who make the last one the second is refused.
    media = await _visible(work, maker, result_id, for_change=True)
    await _check_transcript(work, media.id, wish.transcript_id)
    living = select(func.count()).where(Share.media_id == media.id, HOLDS)
    if (await work.session.scalar(living) or 0) >= MOST_LIVING:
        raise TooManyShares
    secret = secrets.token_urlsafe(SECRET_BYTES)
    share = Share(media_id=media.id, digest=_digest(secret), opened=0, **wish.model_dump())
    work.session.add(share)
    await work.session.flush()
    _note(work, Action.RESULT_SHARED, maker, share)
    # In the fragment, which browsers keep to themselves: it gets into no log of a server.
    return ShareMade(**ShareShown.model_validate(share).model_dump(), url=f"{origin}/shared#{secret}")


async def page(work: UnitOfWork, viewer: Principal, result_id: UUID, limit: int, cursor: str | None) -> SharePage:
    """Return `limit` shares of a result, newest first, after the cursor; those that have ended are among them.

    Raises:
        NotFound: there is no such result, or it is another's.
        BadCursor: the cursor is none that we gave.
    """
    media = await _visible(work, viewer, result_id)
    query = newest_first(select(Share).where(Share.media_id == media.id), Share.id, limit, cursor)
    rows = (await work.session.execute(query)).scalars().all()
    items = [ShareShown.model_validate(row) for row in rows[:limit]]
    return SharePage(items=items, next_cursor=next_cursor(rows, limit))


async def revoke(work: UnitOfWork, actor: Principal, result_id: UUID, share_id: UUID) -> None:
    """End a share; again is fine.

    Raises:
        NotFound: there is none such, or the result is another's.
    """
    media = await _visible(work, actor, result_id)
    query = select(Share).where(Share.id == share_id, Share.media_id == media.id).with_for_update()
    share = (await work.session.execute(query)).scalar_one_or_none()
    if share is None:
        raise NotFound("share")
    if share.revoked_at is None:
        share.revoked_at = datetime.now(UTC)
        _note(work, Action.SHARE_REVOKED, actor, share)


async def look(work: UnitOfWork, store: Store, secret: str) -> SharedResult:
    """Show what a link gives, and count that it was opened.

    Raises:
        NoSuchShare: it does not hold.
    """
    shared = await _find(work, secret)
    share, media = shared.share, shared.media
    rows = await TranscriptRepository(work).segments(shared.transcript.id)
    shown = SharedResult(
        title=media.title,
        duration_ms=media.duration_ms,
        language=shared.transcript.language or media.language,
        text=" ".join(row.text for row in rows),
        segments=segments_shown(rows),
        words=words_shown(rows),
        sound=await sound_of(work, store, media, until=share.expires_at) if share.with_sound else None,
        expires_at=share.expires_at,
    )
    counted = update(Share).where(Share.id == share.id)
    await work.session.execute(counted.values(opened=Share.opened + 1, last_opened_at=NOW))
    return shown


async def transcription(work: UnitOfWork, secret: str) -> Transcription:
    """Return the text that a link gives, to be saved as a file.

    Raises:
        NoSuchShare: it does not hold.
    """
    shared = await _find(work, secret)
    segments = await TranscriptRepository(work).spoken(shared.transcript.id)
    return Transcription(shared.transcript.language, shared.media.duration_ms or 0, segments, shared.media.title)


async def _find(work: UnitOfWork, secret: str) -> Shared:
    """Find what is shared; nothing is, of somebody who is about to go."""
    query = (
        select(Share, Media)
        .join(Media, Media.id == Share.media_id)
        .join(User, User.id == Media.owner_id)
        .where(Share.digest == _digest(secret), HOLDS, Media.status.not_in(HIDDEN), User.leaves_at.is_(None))
    )
    row = (await work.session.execute(query)).one_or_none()
    if row is None:
        raise NoSuchShare
    share, media = row
    transcript = await _transcript(work, media.id, share.transcript_id)
    if transcript is None:
        raise NoSuchShare
    return Shared(share, media, transcript)


async def _check_transcript(work: UnitOfWork, media_id: UUID, wanted: UUID | None) -> None:
    transcript = await _transcript(work, media_id, wanted)
    if transcript is None and wanted is not None:
        raise NotFound("transcript")
    if transcript is None or transcript.finished_at is None:
        raise NothingToShare


async def _transcript(work: UnitOfWork, media_id: UUID, wanted: UUID | None) -> Transcript | None:
    if wanted is None:
        return await TranscriptRepository(work).newest_finished(media_id)
    query = select(Transcript).where(Transcript.id == wanted, Transcript.media_id == media_id)
    return (await work.session.execute(query)).scalar_one_or_none()


async def _visible(work: UnitOfWork, viewer: Principal, result_id: UUID, *, for_change: bool = False) -> Media:
    media = await MediaRepository(work).visible(viewer, result_id, for_change=for_change)
    if media is None:
        raise NotFound("result")
    return media


def _note(work: UnitOfWork, action: Action, actor: Principal, share: Share) -> None:
    note(work, action, actor_id=actor.user_id, subject_id=share.media_id, tool=actor.tool, share=str(share.id))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
