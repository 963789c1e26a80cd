"""Mail on its way to one reader."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from server.mails import service as mails
from server.mails.models import Mail, MailKind
from server.mails.service import NewMail
from server.media.models import Media
from server.media.state import Status
from server.pipeline.mail import fail_mail, mail
from server.pipeline.outgoing import tell
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.stage import NotYet, Unworkable
from server.transcription.engines.base import Segment
from server.transcription.models import Transcript
from server.transcription.repository import TranscriptRepository
from server.users import service as users
from server.users.models import Role, User, UserKind
from server.users.service import Claimed
from tests.pipeline.conftest import Bench

EMAIL = "ada@example.com"
TERMS = {"version": "3", "url": None}


class Desk(Bench):
    """A bench whose owner is a person with an address."""

    async def post(self, kind: MailKind = MailKind.AGREEMENT, **changed: Any) -> UUID:
        """Hand in a mail to the owner."""
        told: dict[str, Any] = {"user_id": self.owner, "details": TERMS} | changed
        async with self.tools.units.begin() as work:
            await mails.post(work, NewMail(kind, uuid4().hex, **told))
        return (await self.mails())[-1].id

    async def send(self, mail_id: UUID) -> Mail:
        """Run the stage on a mail, and return what became of it; one that is not to be sent now raises `NotYet`."""
        taken = await self.take(Kind.MAIL, mail_id)
        try:
            await self.write(taken, await mail(self.tools, taken))
        except NotYet as reason:
            async with self.tools.units.begin() as work:
                await tasks.defer(work, taken, reason)
            raise
        except Unworkable as reason:
            async with self.tools.units.begin() as work:
                await fail_mail(work, taken, reason)
        [sent] = [one for one in await self.mails() if one.id == mail_id]
        return sent

    async def mails(self) -> list[Mail]:
        """Read all mail anew, the oldest first."""
        async with self.tools.units.begin() as work:
            return list((await work.session.execute(select(Mail).order_by(Mail.id))).scalars())

    async def change(self, **values: object) -> None:
        """Change the owner."""
        async with self.tools.units.begin() as work:
            await work.session.execute(update(User).where(User.id == self.owner).values(values))

    async def heard(self, folder: Path, *texts: str) -> tuple[Media, Transcript]:
        """Make an item with a text that has a pause after each segment."""
        media = await self.media(b"x", folder, Status.COMPLETED, title="Morning", duration_ms=60_000)
        transcript = await self.asked(media, finished_at=datetime.now(UTC), language="en")
        segments = [Segment(place * 5000, place * 5000 + 900, said) for place, said in enumerate(texts)]
        async with self.tools.units.begin() as work:
            await TranscriptRepository(work).add_segments(transcript.id, 0, segments)
        return media, transcript

    async def ended(self, media: Media) -> list[Mail]:
        """Tell the world, twice, how an item has ended, and return the mail that there is then."""
        for _ in range(2):
            async with self.tools.units.begin() as work:
                await tell(work, await work.session.get_one(Media, media.id))
        return await self.mails()


async def desk_of(bench: Bench) -> Desk:
    """Give the bench a person with an address for its owner."""
    async with bench.tools.units.begin() as work:
        ada = await users.provision(work, Claimed(UserKind.PERSON, "tests", "ada", EMAIL, "Ada"), Role.NONE)
    return Desk(bench.tools, ada.id)
