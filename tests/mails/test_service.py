"""Mail that is handed in: for whom, when, and with what in it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from server.account import service as account
from server.account.schemas import MeChange
from server.admin import people
from server.admin.people_schemas import ApprovalWish
from server.auth.principal import Principal
from server.configuration.callers import People
from server.invites import service as invites
from server.invites.schemas import InviteWish
from server.mails import refusals
from server.mails import service as mails
from server.mails.events import RefusedMail
from server.mails.models import Mail, MailKind, MailStatus
from server.mails.postbox import MailOff, Postbox
from server.mails.recipients import recipient_of
from server.mails.service import NOBODY, NewMail
from server.settings import Settings
from server.tasks.models import Kind, Task
from server.unit_of_work import UnitOfWork
from server.users import service as users
from server.users.kinds import Refusal, Role, UserKind
from server.users.service import Claimed

TERMS = People(agreement_version="3", agreement_url="https://lectern.test/terms")
EMAIL = "ada@example.com"


@pytest.fixture
async def ada(work: UnitOfWork) -> Principal:
    """A person with an address."""
    known = await users.provision(work, Claimed(UserKind.PERSON, "tests", "ada", EMAIL, "Ada"), Role.NONE)
    return Principal(known.id, sees_all=False)


@pytest.fixture
async def admin(work: UnitOfWork) -> Principal:
    """A person who manages others."""
    known = await users.provision(work, Claimed(UserKind.PERSON, "tests", "boss", "boss@example.com"), Role.ADMIN)
    return Principal(known.id, sees_all=True, role=Role.ADMIN)


async def handed_in(work: UnitOfWork) -> Sequence[Mail]:
    """Read all mail, the oldest first."""
    return (await work.session.execute(select(Mail).order_by(Mail.id))).scalars().all()


async def owner_of_task(work: UnitOfWork, mail: Mail) -> UUID | None:
    """Return whose the task is that sends a mail."""
    return await work.session.scalar(select(Task.owner_id).where(Task.subject_id == mail.id, Task.kind == Kind.MAIL))


async def test_same_mail_is_sent_once(work: UnitOfWork, ada: Principal) -> None:
    """Whatever happens twice is told of once."""
    mail = NewMail(MailKind.AGREEMENT, "the same", ada.user_id)
    assert [await mails.post(work, mail) for _ in range(2)] == [True, False]
    [kept] = await handed_in(work)
    assert kept.status is MailStatus.PENDING
    assert await owner_of_task(work, kept) == ada.user_id


async def test_agreement_is_receipted_once(work: UnitOfWork, ada: Principal) -> None:
    """Whoever agrees has it in writing; agreeing again changes nothing."""
    for _ in range(2):
        await account.agree(work, ada, TERMS, "3")
    [receipt] = await handed_in(work)
    assert (receipt.kind, receipt.user_id) == (MailKind.AGREEMENT, ada.user_id)
    assert receipt.details == {"version": "3", "url": "https://lectern.test/terms"}


async def test_who_is_given_more_is_told(work: UnitOfWork, ada: Principal, admin: Principal) -> None:
    """People hear of a role that is more than theirs was, whether they are here yet or not; of less they don't."""
    await people.change_role(work, admin, ada.user_id, Role.SPEAKER)
    await people.change_role(work, admin, ada.user_id, Role.NONE)
    await people.approve(work, admin, ApprovalWish(email=EMAIL.upper(), role=Role.ADMIN))
    await people.approve(work, admin, ApprovalWish(email=EMAIL, role=Role.SPEAKER))
    await people.approve(work, admin, ApprovalWish(email="bob@example.com", role=Role.SPEAKER))
    told = await handed_in(work)
    assert [(mail.user_id, mail.address, mail.details["role"]) for mail in told] == [
        (ada.user_id, None, "speaker"),
        (ada.user_id, None, "admin"),
        (None, "bob@example.com", "speaker"),
    ]
    assert await owner_of_task(work, told[-1]) == NOBODY


async def test_link_of_an_invite_is_kept_under_seal(work: UnitOfWork, admin: Principal, settings: Settings) -> None:
    """Who has the database has no invite; where no mail is sent, an address is refused."""
    postbox, until = Postbox.of(settings), datetime.now(UTC) + timedelta(days=1)
    wish = InviteWish(name="Choir", expires_at=until, email="bob@example.com")
    made = await invites.make(work, admin, "https://lectern.test", wish, postbox)
    [mail] = await handed_in(work)
    assert (mail.kind, mail.subject_id, mail.address) == (MailKind.INVITE, made.id, "bob@example.com")
    secret = made.link.rpartition("#")[2]
    assert secret not in f"{mail.sealed}{mail.details}{mail.dedupe}"
    assert postbox.seal.open(mail.sealed or "") == made.link
    with pytest.raises(MailOff):
        await invites.make(work, admin, "https://lectern.test", wish, Postbox(is_open=False, seal=postbox.seal))


@pytest.mark.parametrize("reason", Refusal)
async def test_who_refuses_mail_gets_no_more(work: UnitOfWork, ada: Principal, reason: Refusal) -> None:
    """It shows on their account, stays as it was first, and ends when they turn mail on again."""
    for told in (reason, *Refusal):
        await refusals.take_note(work, RefusedMail("m", told, ["ADA@example.com", "nobody@example.com"]))
    shown = await account.show(work, ada, TERMS)
    assert (shown.mail_refused_reason, shown.mail_refused_at is not None) == (reason, True)
    mail = Mail(kind=MailKind.AGREEMENT, user_id=ada.user_id)
    refusing = await recipient_of(work, mail)
    assert refusing is not None
    assert [refusing.wants(kind) for kind in MailKind] == [False] * len(MailKind)
    await account.change(work, ada, TERMS, MeChange(mails_failures=False, name="Ada"))
    assert (await account.show(work, ada, TERMS)).mail_refused_at is not None
    await account.change(work, ada, TERMS, MeChange(mails_texts=True))
    assert (await account.show(work, ada, TERMS)).mail_refused_reason is None
    again = await recipient_of(work, mail)
    assert again is not None
    assert [kind for kind in MailKind if not again.wants(kind)] == [MailKind.FAILURE]


async def test_strangers_who_refuse_are_left_alone(work: UnitOfWork) -> None:
    """Of an address that is nobody's here the mail itself remembers that it came back."""
    await mails.post(work, NewMail(MailKind.APPROVED, "x", address="bob@example.com", details={"role": "speaker"}))
    [mail] = await handed_in(work)
    mail.end(MailStatus.SENT)
    mail.message_id = "m-1"
    await work.session.flush()
    await refusals.take_note(work, RefusedMail("m-1", Refusal.BOUNCED, ["bob@example.com"]))
    assert (mail.status, mail.error_code) == (MailStatus.FAILED, "bounced")
    await work.session.flush()
    stranger = await recipient_of(work, Mail(kind=MailKind.INVITE, address="Bob@example.com"))
    assert stranger is not None
    assert stranger.refuses
