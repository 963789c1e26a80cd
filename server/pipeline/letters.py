"""What mails say, read at the moment when they are sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from itertools import accumulate, takewhile
from uuid import UUID

from sqlalchemy import and_, func, select

from server.invites.models import Invite
from server.invites.service import HOLDS
from server.mails.letter import Body, Letter
from server.mails.models import Mail, MailKind
from server.mails.page import room
from server.mails.postbox import Postbox
from server.mails.wording import Wording
from server.media.models import Media
from server.media.state import HIDDEN
from server.settings import Settings
from server.transcription.direction import Direction, direction_of
from server.transcription.models import Transcript
from server.transcription.paragraphs import paragraphs_of
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork
from server.users.kinds import Role, UserKind
from server.users.models import Approval, User

MOST_BYTES = 90_000
"""Of a text that a mail brings, as they stand on its page: some programs hide what goes beyond 100 kB of that."""
AROUND = len("<p></p>\n")
"""Bytes that the page has for each paragraph besides."""
MOST_SEGMENTS = 5_000


@dataclass(frozen=True, slots=True)
class Writing:
    """One mail while its letter is written."""

    work: UnitOfWork
    settings: Settings
    mail: Mail
    wording: Wording

    async def write(self) -> Letter | None:
        """Return the letter, or None when what it is about is no more."""
        match self.mail.kind:
            case MailKind.TEXT:
                return await self._text()
            case MailKind.FAILURE:
                return await self._failure()
            case MailKind.INVITE:
                return await self._invite()
            case MailKind.AGREEMENT:
                facts = {"version": self.mail.details["version"], "at": _minute(self.mail.created_at)}
                return self._letter(facts, self.mail.details["url"])
            case MailKind.APPROVED:
                return await self._approved()

    async def _text(self) -> Letter | None:
        media, transcript_id = await self._media(), UUID(self.mail.details["transcript_id"])
        query = select(Transcript.language).where(Transcript.id == transcript_id)
        language = (await self.work.session.execute(query)).one_or_none()
        if media is None or language is None:
            return None
        segments = await TranscriptRepository(self.work).spoken(transcript_id, limit=MOST_SEGMENTS + 1)
        body = cut(paragraphs_of(segments), language[0], is_cut=len(segments) > MOST_SEGMENTS)
        return self._about(media, body)

    async def _failure(self) -> Letter | None:
        media = await self._media()
        return self._about(media, Body([self.mail.details["error"]], language="en")) if media is not None else None

    async def _invite(self) -> Letter | None:
        query = select(Invite.expires_at).where(Invite.id == self.mail.subject_id, HOLDS)
        expires_at = await self.work.session.scalar(query)
        if expires_at is None or self.mail.sealed is None:
            return None
        return self._letter({"until": _minute(expires_at)}, Postbox.of(self.settings).seal.open(self.mail.sealed))

    async def _approved(self) -> Letter | None:
        given, held = Role(self.mail.details["role"]), await self._role()
        if held.at_least(given) is not held:
            return None
        more = self.wording.ahead if self.mail.user_id is None else None
        return self._letter({"role": self.wording.roles[given]}, page(self.settings, "/"), more=more)

    async def _role(self) -> Role:
        """Return the role that the reader has by now, or is to have once they come."""
        user_id, address = self.mail.user_id, func.lower(self.mail.address)
        by_address = and_(func.lower(User.email) == address, User.kind == UserKind.PERSON)
        now = select(User.role).where(User.id == user_id if user_id is not None else by_address)
        query = now.union_all(select(Approval.role).where(Approval.email == address))
        return reduce(Role.at_least, (await self.work.session.execute(query)).scalars(), Role.NONE)

    async def _media(self) -> Media | None:
        media = await self.work.session.get(Media, self.mail.subject_id)
        return media if media is not None and media.status not in HIDDEN else None

    def _about(self, media: Media, body: Body) -> Letter:
        return self._letter({"title": media.title}, page(self.settings, f"/results/{media.id}"), body=body)

    def _letter(
        self, facts: dict[str, str], url: str | None, *, more: str | None = None, body: Body | None = None
    ) -> Letter:
        return Letter(self.wording, self.mail.kind, facts, url, more, body)


def page(settings: Settings, path: str) -> str:
    """Return the address of one of our pages."""
    return f"{settings.service.public_url.rstrip('/')}{path}"


def cut(paragraphs: Iterable[str], language: str | None, *, is_cut: bool) -> Body:
    """Make the body of a text, or of as much of it as a mail should bring."""
    kept: list[str] = []
    left = MOST_BYTES
    for paragraph in paragraphs:
        left -= AROUND
        if room(paragraph) > left:
            kept.append(f"{_beginning(paragraph, left)}…")
            is_cut = True
            break
        kept.append(paragraph)
        left -= room(paragraph)
    is_rtl = bool(kept) and direction_of(kept[0]) is Direction.RTL
    return Body(kept, language, is_rtl, is_cut)


def _beginning(paragraph: str, size: int) -> str:
    taken = accumulate(map(room, paragraph))
    return "".join(letter for letter, _ in zip(paragraph, takewhile(lambda total: total <= size, taken), strict=False))


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
