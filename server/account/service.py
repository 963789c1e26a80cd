"""What callers may know and say of themselves."""

from sqlalchemy import and_, select, update
from sqlalchemy.dialects.postgresql import insert

from server.account.schemas import AgreementShown, Me, MeChange
from server.audit.models import Action
from server.audit.service import note
from server.auth.principal import Principal
from server.configuration.callers import People
from server.mails import service as mails
from server.mails.models import MailKind
from server.mails.refusals import NOTHING
from server.mails.service import NewMail
from server.problems import Problem
from server.unit_of_work import UnitOfWork
from server.users.models import Agreement, User, UserKind


class NotCurrent(Problem):
    """Something else is to be agreed to."""

    status = 409
    code = "not_current"

    def __init__(self, version: str | None) -> None:
        current = f"The current terms are version {version!r}." if version else "There are no terms to agree to here."
        super().__init__(current, version=version)


COLUMNS = (
    User.id,
    User.kind,
    User.email,
    User.name,
    User.language,
    User.birth_year,
    User.sex,
    User.mails_texts,
    User.mails_failures,
    User.mail_refused_at,
    User.mail_refused_reason,
    User.created_at,
    User.last_login_at,
    User.leaves_at,
    Agreement.agreed_at,
)


async def show(work: UnitOfWork, caller: Principal, terms: People) -> Me:
    """Tell a caller what is held about them, with the role that they have here."""
    current = and_(Agreement.user_id == User.id, Agreement.version == terms.agreement_version)
    query = select(*COLUMNS).outerjoin(Agreement, current).where(User.id == caller.user_id)
    row = dict((await work.session.execute(query)).one()._mapping)  # noqa: SLF001 - the documented name
    agreement = None
    if terms.agreement_version is not None and caller.kind is UserKind.PERSON:
        version, url = terms.agreement_version, terms.agreement_url
        agreement = AgreementShown(version=version, url=url, agreed_at=row["agreed_at"])
    return Me.model_validate(row | {"role": caller.role, "agreement": agreement})


async def change(work: UnitOfWork, caller: Principal, terms: People, wish: MeChange) -> Me:
    """Change what a person says of themselves: only what the wish names.

    Whoever turns mail on has it tried again, though their address refused it.
    """
    given = wish.model_dump(exclude_unset=True)
    if given:
        turned_on = given.get("mails_texts") or given.get("mails_failures")
        values = given | (NOTHING if turned_on else {})
        await work.session.execute(update(User).where(User.id == caller.user_id).values(values))
        _note(work, Action.PROFILE_CHANGED, caller, fields=", ".join(sorted(given)))
    return await show(work, caller, terms)


async def agree(work: UnitOfWork, caller: Principal, terms: People, version: str) -> Me:
    """Take note that a person agrees to the current terms; again is fine, and changes nothing.

    Raises:
        NotCurrent: these are not the current terms.
    """
    if version != terms.agreement_version:
        raise NotCurrent(terms.agreement_version)
    agreed = insert(Agreement).values(user_id=caller.user_id, version=version).on_conflict_do_nothing()
    if (await work.session.execute(agreed.returning(Agreement.agreed_at))).first() is not None:
        _note(work, Action.AGREED, caller, version=version)
        await _send_receipt(work, caller, terms, version)
    return await show(work, caller, terms)


async def _send_receipt(work: UnitOfWork, caller: Principal, terms: People, version: str) -> None:
    details = {"version": version, "url": terms.agreement_url}
    await mails.post(
        work, NewMail(MailKind.AGREEMENT, f"agreement:{caller.user_id}:{version}", caller.user_id, details=details)
    )


def _note(work: UnitOfWork, action: Action, caller: Principal, **details: str) -> None:
    note(work, action, actor_id=caller.user_id, subject_id=caller.user_id, tool=caller.tool, **details)
