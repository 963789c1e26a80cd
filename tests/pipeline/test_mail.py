"""Sending mail: what is true when it goes out, and what SES makes of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select, update

from server.admin import people
from server.admin.people_schemas import ApprovalWish
from server.auth.principal import Principal
from server.aws.clients import Clients, open_clients
from server.aws.store import Store
from server.invites import service as invites
from server.invites.schemas import InviteWish
from server.mails.letter import Letter
from server.mails.models import Mail, MailKind, MailStatus
from server.mails.page import write_page
from server.mails.postbox import Postbox
from server.mails.wording import ENGLISH
from server.media.models import Media
from server.media.state import Status
from server.pipeline.letters import MOST_BYTES, cut
from server.pipeline.mail import GIVE_UP, TURN
from server.settings import Settings
from server.tasks import service as tasks
from server.tasks.models import Kind, Task
from server.tasks.stage import NotYet
from server.users.models import Role, UserKind
from tests.outbound.serving import Answer, serving
from tests.pipeline.conftest import Bench
from tests.pipeline.posting import EMAIL, Desk, desk_of


@pytest.fixture
async def desk(bench: Bench) -> Desk:
    """A bench whose owner is a person with an address."""
    return await desk_of(bench)


async def shown(settings: Settings, sent: Mail) -> dict[str, Any]:
    """Return a mail as the local SES shows it, where people are told to read it."""
    async with httpx.AsyncClient(base_url=settings.aws.endpoint_url or "", trust_env=False) as http:
        kept = (await http.get("/_ministack/ses/messages")).raise_for_status().json()["messages"]
    [found] = [one for of_account in kept.values() for one in of_account if one["MessageId"] == sent.message_id]
    return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in found.items()}


async def test_each_text_is_mailed_once(desk: Desk, tmp_path: Path) -> None:
    """The owner gets the text in paragraphs and a link to its page; another transcript is another mail."""
    media, transcript = await desk.heard(tmp_path, "Good morning.", "Sit down.")
    [told] = await desk.ended(media)
    assert (told.kind, told.details) == (MailKind.TEXT, {"transcript_id": str(transcript.id)})
    sent = await desk.send(told.id)
    assert sent.status is MailStatus.SENT
    read = await shown(desk.tools.settings, sent)
    assert (read["To"], read["Subject"]) == (["Ada <ada@example.com>"], "The text of “Morning”")
    assert "Good morning.\n\nSit down." in read["BodyText"]
    assert f"/results/{media.id}\n" in read["BodyText"]
    assert "<p>Sit down.</p>" in read["BodyHtml"]
    assert (await desk.send(told.id)).message_id == sent.message_id
    await desk.asked(media, finished_at=datetime.now(UTC), language="en")
    assert len(await desk.ended(media)) == 2


async def test_each_failure_is_mailed_once(desk: Desk, tmp_path: Path) -> None:
    """The owner hears why there is no text, also where an older one stays, and again when it fails again."""
    failing = await desk.media(b"x", tmp_path, Status.FAILED, title="Noise", error_message="It has no sound.")
    [told] = await desk.ended(failing)
    assert (told.kind, (await desk.send(told.id)).status) == (MailKind.FAILURE, MailStatus.SENT)
    async with desk.tools.units.begin() as work:
        media = await work.session.get_one(Media, failing.id)
        media.become(Status.RECEIVED)
        await work.session.flush()
        media.fail("unreadable", "It can't be read.")
    again = (await desk.ended(failing))[1:]
    assert [one.details["error"] for one in again] == ["It can't be read."]
    kept, _ = await desk.heard(tmp_path, "Good morning.")
    await desk.asked(kept, error_code="engine_timeout", error_message="It took too long.")
    assert [one.details["error"] for one in (await desk.ended(kept))[2:]] == ["It took too long."]


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({"mails_texts": False}, [MailKind.FAILURE]),
        ({"mails_failures": False}, [MailKind.TEXT]),
        ({"email": None}, []),
        ({"mail_refused_at": datetime.now(UTC)}, []),
        ({"kind": UserKind.MACHINE}, []),
    ],
)
async def test_only_what_is_wished_is_mailed(
    desk: Desk, tmp_path: Path, changed: dict[str, object], kinds: list[MailKind]
) -> None:
    """Whoever turned mail off, has no address, or refused it, gets none, not even what was handed in before."""
    media, _ = await desk.heard(tmp_path, "Good morning.")
    failed = await desk.media(b"x", tmp_path, Status.FAILED, error_message="No.")
    handed_in = [(await desk.ended(media))[0], (await desk.ended(failed))[1]]
    await desk.change(**changed)
    statuses = {one.kind: (await desk.send(one.id)).status for one in handed_in}
    assert statuses == {
        kind: MailStatus.SENT if kind in kinds else MailStatus.SUPPRESSED for kind in (MailKind.TEXT, MailKind.FAILURE)
    }
    await desk.asked(media, finished_at=datetime.now(UTC), language="en")
    await desk.asked(failed, error_code="x", error_message="No.")
    assert [one.kind for one in (await desk.ended(media))[2:]] == [kind for kind in kinds if kind is MailKind.TEXT]


async def test_what_is_no_more_is_not_mailed(desk: Desk, tmp_path: Path) -> None:
    """A result that was deleted, an invite that was revoked: the mail about it is let go, with its secret."""
    media, _ = await desk.heard(tmp_path, "Good morning.")
    [told] = await desk.ended(media)
    boss, postbox = Principal(desk.owner, sees_all=True), Postbox.of(desk.tools.settings)
    wish = InviteWish(name="Choir", expires_at=datetime.now(UTC) + timedelta(days=1), email="bob@example.com")
    async with desk.tools.units.begin() as work:
        (await work.session.get_one(Media, media.id)).become(Status.DELETING)
        links = [(await invites.make(work, boss, "https://l.test", wish, postbox)).link for _ in range(2)]
        revoked, held = (await work.session.execute(select(Mail).order_by(Mail.id))).scalars().all()[1:]
        await invites.revoke(work, boss, revoked.subject_id or uuid4())
    ended = [await desk.send(one.id) for one in (told, revoked, held)]
    assert [(one.status, one.error_code) for one in ended] == [
        (MailStatus.SUPPRESSED, "gone"),
        (MailStatus.SUPPRESSED, "gone"),
        (MailStatus.SENT, None),
    ]
    assert {one.sealed for one in ended} == {None}
    assert links[1] in (await shown(desk.tools.settings, ended[2]))["BodyText"]


@pytest.mark.parametrize("email", [EMAIL, "bob@example.com"])
async def test_role_that_was_taken_back_is_not_told(desk: Desk, email: str) -> None:
    """Whoever has it no more, or is not to have it once they come, hears nothing of it; another day they may."""
    boss = Principal(uuid4(), sees_all=True)
    for status in (MailStatus.SUPPRESSED, MailStatus.SENT):
        async with desk.tools.units.begin() as work:
            await people.approve(work, boss, ApprovalWish(email=email, role=Role.SPEAKER))
        told = (await desk.mails())[-1]
        async with desk.tools.units.begin() as work:
            await work.session.execute(update(Mail).where(Mail.id == told.id).values(dedupe=uuid4().hex))
            if status is MailStatus.SUPPRESSED and told.user_id is None:
                await people.withdraw(work, boss, email)
            elif status is MailStatus.SUPPRESSED:
                await people.change_role(work, boss, desk.owner, Role.NONE)
        assert (await desk.send(told.id)).status is status


async def test_nothing_is_sent_where_mail_is_off(desk: Desk) -> None:
    """A deployment without a sender has mail handed in all the same, and lets it go."""
    desk.tools.settings.mails.sender = None
    assert (await desk.send(await desk.post())).error_code == "mail_off"


@dataclass
class Ses:
    """An SES that says what it is told to."""

    clients: Clients
    says: Answer

    def fail(self, code: str, status: int) -> None:
        """Have it answer as SES does where something is wrong."""
        error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>No.</Message></Error>"
        self.says = status, {"Content-Type": "text/xml"}, f"<ErrorResponse>{error}</ErrorResponse>".encode()


@pytest.fixture(scope="module")
async def ses(settings: Settings) -> AsyncIterator[Ses]:
    """An SES of our own, behind the very client."""
    async with (
        serving(lambda _: own.says) as site,
        open_clients(settings.aws.model_copy(update={"endpoint_url": site.url()})) as clients,
    ):
        own = Ses(clients, (500, {}, b""))
        yield own


@pytest.fixture
def unlucky(desk: Desk, ses: Ses) -> Desk:
    """A desk with that SES."""
    return Desk(replace(desk.tools, store=Store(ses.clients)), desk.owner)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("Throttling", 400),
        ("MailFromDomainNotVerifiedException", 400),
        ("AccountSendingPausedException", 400),
        ("ConfigurationSetDoesNotExist", 400),
        ("AccessDenied", 403),
        ("ServiceUnavailable", 503),
        ("no answer at all", 0),
    ],
)
async def test_what_may_pass_is_waited_for(unlucky: Desk, ses: Ses, code: str, status: int) -> None:
    """Too many at once, an outage, what an operator has to see to: the worker is free, and the mail waits its turn."""
    ses.fail(code, status)
    mail_id = await unlucky.post()
    with pytest.raises(NotYet) as reason:
        await unlucky.send(mail_id)
    assert reason.value.waits_for == TURN
    assert timedelta() < reason.value.delay <= timedelta(seconds=23)
    assert [one.status for one in await unlucky.mails()] == [MailStatus.PENDING]
    async with unlucky.tools.units.begin() as work:
        old = update(Mail).values(created_at=datetime.now(UTC) - GIVE_UP - timedelta(minutes=1))
        await work.session.execute(old)
    given_up = await unlucky.send(mail_id)
    assert (given_up.status, given_up.error_code) == (MailStatus.FAILED, "mail_overdue")


@pytest.mark.parametrize("code", ["MessageRejected", "InvalidParameterValue"])
async def test_what_is_refused_ends(unlucky: Desk, ses: Ses, code: str) -> None:
    """A message that SES never takes is not tried again, and says why."""
    ses.fail(code, 400)
    refused = await unlucky.send(await unlucky.post())
    assert (refused.status, refused.error_message) == (MailStatus.FAILED, f"{code}: No.")


async def test_crowd_waits_in_turn(desk: Desk, ses: Ses) -> None:
    """The more wait, the later each is tried again; one that was sent lets the next ones go on."""
    ses.fail("Throttling", 400)
    waiting = [await desk.post() for _ in range(19)]
    async with desk.tools.units.begin() as work:
        values = {"waits_for": TURN, "run_after": datetime.now(UTC) + timedelta(hours=1)}
        await work.session.execute(update(Task).where(Task.kind == Kind.MAIL).values(values))
    mail_id = await desk.post()
    with pytest.raises(NotYet) as reason:
        await Desk(replace(desk.tools, store=Store(ses.clients)), desk.owner).send(mail_id)
    assert timedelta(seconds=10) <= reason.value.delay <= timedelta(seconds=30)
    taken_again = await desk.post()
    assert (await desk.send(taken_again)).status is MailStatus.SENT
    assert sum([await desk.is_due(one, Kind.MAIL) for one in (*waiting, mail_id)]) == 2


async def test_address_of_no_known_form_ends(desk: Desk) -> None:
    """What SES has no form for is told, and not tried again."""
    await desk.change(email="עדה@example.com")
    assert (await desk.send(await desk.post())).error_code == "mail_unaddressable"


async def test_mail_goes_to_the_present_address(desk: Desk) -> None:
    """Whoever has another address by now gets it there, in the language that they have now."""
    mail_id = await desk.post()
    await desk.change(email="lovelace@example.com", language="he")
    read = await shown(desk.tools.settings, await desk.send(mail_id))
    assert (read["To"], read["Subject"]) == (["Ada <lovelace@example.com>"], "למה הסכמתם")
    async with desk.tools.units.begin() as work:
        assert await tasks.count_waiting(work.session, TURN) == 0


def test_long_texts_are_cut() -> None:
    """A page brings so much of a text, be it in many paragraphs or in one, and says that there is more."""
    many = cut(["Yes."] * 100_000, "en", is_cut=False)
    one = cut(["שלום " * 100_000], "he", is_cut=False)
    coded = cut(["<&" * 100_000], "en", is_cut=False)
    for body in (many, one, coded):
        page = write_page(Letter(ENGLISH, MailKind.TEXT, {"title": "Morning"}, body=body), "https://lectern.test")
        assert MOST_BYTES - 100 < len(page.encode()) < MOST_BYTES + 2_000
        assert body.is_cut
    assert (many.is_rtl, one.is_rtl) == (False, True)
    assert not cut(["Short."], "en", is_cut=False).is_cut
